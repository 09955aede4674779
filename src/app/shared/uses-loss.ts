/** Which losses a run computes: the chosen one, or the composite's parts. */
import { compositeShares, type RunConfig } from '#core/config.ts';

/** Whether `loss` is what the run minimizes, or part of it. */
export const usesLoss = (config: RunConfig, loss: keyof typeof compositeShares): boolean =>
  config.loss === loss || (config.loss === 'composite' && config[compositeShares[loss]] > 0);

/** Whether some of what the run minimizes works with w(u, v). */
export const usesWeight = (config: RunConfig): boolean =>
  usesLoss(config, 'wfdl') || config.loss === 'frequency';
