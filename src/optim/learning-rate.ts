/** The learning-rate schedule of a run. */
import type { RunConfig } from '#core/config.ts';

/**
 * Returns the learning rate of each step. `cosine` is rate / 2 (1 + cos(pi t / N)) after t finished steps, as in
 * `torch.optim.lr_scheduler.CosineAnnealingLR` with T_max = N; `constant` is the same in every step.
 * @param steps N, the number of steps in the whole run
 * @returns a function of the step, which counts from 1; float64
 */
export const learningRateSchedule = (
  { learningRate, schedule }: Pick<RunConfig, 'learningRate' | 'schedule'>,
  steps: number,
): ((step: number) => number) =>
  schedule === 'constant'
    ? () => learningRate
    : (step) => (learningRate / 2) * (1 + Math.cos((Math.PI * (step - 1)) / steps));
