/** The losses that a run computes: the chosen one, or the parts of the composite. */
import { compositeShares, type RunConfig } from '#core/config.ts';

/** Whether `loss` is the run's objective or part of it. */
export const usesLoss = (config: RunConfig, loss: keyof typeof compositeShares): boolean =>
  config.loss === loss || (config.loss === 'composite' && config[compositeShares[loss]] > 0);

/** Whether the objective uses w(u, v). */
export const usesWeight = (config: RunConfig): boolean =>
  usesLoss(config, 'wfdl') || config.loss === 'frequency';
