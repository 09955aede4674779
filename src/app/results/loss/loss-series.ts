/** The losses of a run as curves: as they are, and smoothed; over its steps or its epochs. */
import type { StepRecord } from '#core/history.ts';
import type { CurvePoint } from '../../plot/curves.ts';

/**
 * Exponential moving average without the pull towards its start.
 * @param smoothing share of the past, 0 to below 1
 */
export const smooth = (values: readonly number[], smoothing: number): number[] => {
  let average = 0;
  let share = 0;
  return values.map((value) => {
    average = smoothing * average + (1 - smoothing) * value;
    share = smoothing * share + (1 - smoothing);
    return average / share;
  });
};

/** The smoothed losses of a run. */
export const smoothedLosses = (steps: readonly StepRecord[], smoothing: number): readonly number[] =>
  smooth(
    steps.map(({ loss }) => loss),
    smoothing,
  );

/** Steps of an epoch, from where the last epoch begins; undefined within the first. */
export const stepsPerEpochOf = (steps: readonly StepRecord[]): number | undefined => {
  const last = steps.at(-1);
  if (!last || last.epoch <= 1) return undefined;
  let first = steps.length - 1;
  while (first > 0 && steps[first - 1].epoch === last.epoch) first--;
  return first === 0 ? undefined : (steps[first].step - 1) / (last.epoch - 1);
};

export interface LossCurves {
  readonly raw: readonly CurvePoint[];
  readonly smoothed: readonly CurvePoint[];
}

/**
 * One point a step.
 * @param base what all losses are divided by
 * @param stepsPerUnit steps to one unit of the abscissa: 1 for steps
 */
export const lossCurves = (
  steps: readonly StepRecord[],
  smoothing: number,
  base: number,
  stepsPerUnit: number,
): LossCurves => {
  const smoothed = smoothedLosses(steps, smoothing);
  return {
    raw: steps.map(({ step, loss }) => ({ x: step / stepsPerUnit, y: loss / base })),
    smoothed: steps.map(({ step }, i) => ({ x: step / stepsPerUnit, y: smoothed[i] / base })),
  };
};
