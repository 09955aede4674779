/** What every training objective is, and what it may ask for. */
import type * as tf from '@tensorflow/tfjs-core';

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

/** All training images, batch by batch: float32 [n, S, S, C] in [0, 1], each disposed by its maker. */
export type TrainingImages = () => Iterable<tf.Tensor4D>;
