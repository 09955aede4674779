/** The training objective that a run's config asks for. */
import * as tf from '@tensorflow/tfjs-core';
import type { LossName, RunConfig } from '#core/config.ts';
import { frequencyWeight } from '#core/frequency-weight.ts';
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

type LossConfig = Pick<RunConfig, 'loss' | 'weight' | 'dcWeight'>;

const creators: Readonly<Record<LossName, (config: LossConfig, side: number) => Loss>> = {
  l2: () => ({ loss: l2Loss, dispose: () => undefined }),
  ssim: () => ({ loss: (x, y) => ssimLoss(x, y), dispose: () => undefined }),
  wfdl: ({ weight: name, dcWeight }, side) => {
    const weight = tf.keep(tf.tensor2d(frequencyWeight(name, side, side, dcWeight), [side, side]));
    return { loss: (x, y) => wfdlLoss(x, y, weight), dispose: () => weight.dispose() };
  },
};

/**
 * Makes the loss of a config. It owns its weight tensor until `dispose`, whatever scope it was made in.
 * @param side side of the images that it will be given, in pixels
 */
export const createLoss = (config: LossConfig, side: number): Loss => creators[config.loss](config, side);
