/** The loss of every step made small enough to draw: smoothed over all steps, then one point a bucket. */
import type { StepRecord } from '#core/history.ts';

export interface LossPoint {
  readonly step: number;
  /** Mean loss of the steps of the bucket. */
  readonly loss: number;
  /** Smoothed loss at the last of them. */
  readonly smoothed: number;
}

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

/** At most `most` points, which cover all steps evenly. */
export const lossSeries = (
  steps: readonly StepRecord[],
  smoothing: number,
  most: number,
): readonly LossPoint[] => {
  const smoothed = smooth(
    steps.map(({ loss }) => loss),
    smoothing,
  );
  const count = Math.min(steps.length, most);
  return Array.from({ length: count }, (_, bucket) => {
    const from = Math.floor((bucket * steps.length) / count);
    const to = Math.floor(((bucket + 1) * steps.length) / count);
    let sum = 0;
    for (let i = from; i < to; i++) sum += steps[i].loss;
    return { step: steps[to - 1].step, loss: sum / (to - from), smoothed: smoothed[to - 1] };
  });
};
