/** The training objective that a run's config asks for. */
import * as tf from '@tensorflow/tfjs-core';
import type { compositeShares, LossName, RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import { frequencyWeight, type WeightConfig } from '#core/frequency-weight/frequency-weight.ts';
import { ssimLoss } from '#gpu/ssim/ssim.ts';
import { wfdlLoss } from '#gpu/wfdl/wfdl.ts';
import { l2Loss } from './l2.ts';

/** An objective and the tensors that it holds. */
export interface Loss {
  /**
   * @param x the images, float32 [B, S, S, C]
   * @param y their reconstructions, likewise
   * @returns a float32 scalar, differentiable in y; the caller disposes it
   */
  readonly loss: (x: tf.Tensor4D, y: tf.Tensor4D) => tf.Scalar;
  readonly dispose: () => void;
}

/** The settings that a loss follows from. */
export type LossConfig = WeightConfig &
  Pick<
    RunConfig,
    | 'loss'
    | 'ssimWindow'
    | 'ssimSigma'
    | 'ssimK1'
    | 'ssimK2'
    | 'focalAlpha'
    | (typeof compositeShares)[keyof typeof compositeShares]
  >;

const weighted = (config: WeightConfig, side: number): Loss => {
  const weight = tf.keep(tf.tensor2d(frequencyWeight(config, side, side), [side, side]));
  return { loss: (x, y) => wfdlLoss(x, y, weight), dispose: () => weight.dispose() };
};

const missing = ({ loss }: LossConfig): never => {
  throw new ResiduaError('internal', `The loss ${loss} is not there yet.`, 'Choose another.');
};

const creators: Readonly<Record<LossName, (config: LossConfig, side: number) => Loss>> = {
  l2: () => ({ loss: l2Loss, dispose: () => undefined }),
  ssim: ({ ssimWindow: window, ssimSigma: sigma, ssimK1: k1, ssimK2: k2 }) => ({
    loss: (x, y) => ssimLoss(x, y, { window, sigma, k1, k2 }),
    dispose: () => undefined,
  }),
  frequency: (config, side) => weighted({ ...config, weight: 'uniform', dcWeight: 1 }, side),
  wfdl: weighted,
  'focal-frequency': missing,
  composite: missing,
};

/**
 * Makes the loss of a config. It owns its weight tensor until `dispose`, whatever scope it was made in.
 * @param side side of the images that it will be given, in pixels
 */
export const createLoss = (config: LossConfig, side: number): Loss => creators[config.loss](config, side);
