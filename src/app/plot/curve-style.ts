/** The looks of curves: the color stands for the loss, the dash for the run. */
import type { LossName } from '#core/config.ts';

/** Colors are any CSS colors. */
export interface CurveStyle {
  readonly color: string;
  /** `stroke-dasharray`. */
  readonly dash: string;
}

/** A curve, or a class of bars, in a legend. */
export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  /** Undefined for a filled square. */
  readonly dash: string | undefined;
}

export const lossColors: Readonly<Record<LossName, string>> = {
  l2: 'var(--loss-l2)',
  ssim: 'var(--loss-ssim)',
  frequency: 'var(--loss-frequency)',
  wfdl: 'var(--loss-wfdl)',
  'focal-frequency': 'var(--loss-focal-frequency)',
  composite: 'var(--loss-composite)',
};

/** The line of the present run. */
export const unbroken = 'none';

/** One dash for each run that can be chosen, the plainest first. */
const dashes = ['6 3', '2 2.5', '9 3 2 3', '12 4', '4 2 1 2 1 2', '1 4'] as const;

export const presentStyle = (loss: LossName): CurveStyle => ({ color: lossColors[loss], dash: unbroken });

/** The styles of runs with these losses: runs with the same loss share a color but not a dash. */
export const curveStyles = (losses: readonly LossName[]): readonly CurveStyle[] => {
  const used = new Map<LossName, number>();
  return losses.map((loss) => {
    const number = used.get(loss) ?? 0;
    used.set(loss, number + 1);
    return { color: lossColors[loss], dash: dashes[number % dashes.length] };
  });
};

/** The styles of a race's contestants: unbroken in the loss's color; dashed from the second of the same loss on. */
export const contestantStyles = (losses: readonly LossName[]): readonly CurveStyle[] =>
  losses.map((loss, place) => {
    const sameBefore = losses.slice(0, place).filter((other) => other === loss).length;
    return sameBefore === 0
      ? presentStyle(loss)
      : { color: lossColors[loss], dash: dashes[(sameBefore - 1) % dashes.length]! };
  });
