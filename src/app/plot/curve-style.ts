/** How the curves of several runs are told apart: the colour says the loss, the dash says the run. */
import type { LossName } from '#core/config.ts';
import type { KeptRun } from '#store/runs/kept-run.ts';
import { lossColours } from './axis-style.ts';

export interface CurveStyle {
  readonly colour: string;
  readonly dash: string;
}

/** The line of the present run. */
export const unbroken = 'none';

/** As many as runs can be chosen, the plainest first. */
const dashes = ['6 3', '2 2.5', '9 3 2 3', '12 4', '4 2 1 2 1 2', '1 4'] as const;

export const presentStyle = (loss: LossName): CurveStyle => ({ colour: lossColours[loss], dash: unbroken });

/** The styles of these runs: runs of one loss share a colour, and no two of them a dash. */
export const curveStyles = (runs: readonly KeptRun[]): readonly CurveStyle[] => {
  const used = new Map<LossName, number>();
  return runs.map(({ config: { loss } }) => {
    const number = used.get(loss) ?? 0;
    used.set(loss, number + 1);
    return { colour: lossColours[loss], dash: dashes[number % dashes.length] };
  });
};
