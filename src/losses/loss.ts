/** The interface of every training objective, and of its training images. */
import type * as tf from '@tensorflow/tfjs-core';

/** The loss of one step of a curriculum. */
export interface StepLoss {
  /** The minimized value, with the weight of this step. float32, differentiable in y; the caller disposes it. */
  readonly objective: tf.Scalar;
  /** The value with the final weight, to compare steps and runs. float32, without a gradient; the caller disposes it. */
  readonly final: tf.Scalar;
}

/** An objective and its tensors. */
export interface Loss {
  /**
   * @param x the images, float32 [B, S, S, C]
   * @param y their reconstructions, float32 [B, S, S, C]
   * @returns a float32 scalar, differentiable in y; the caller disposes it
   */
  readonly loss: (x: tf.Tensor4D, y: tf.Tensor4D) => tf.Scalar;
  /**
   * The same for a step of a curriculum; undefined if the loss is the same in every step.
   * @param exponent of the weight, in (0, 1), float32: see `curriculumExponent`
   */
  readonly stepLoss?: (x: tf.Tensor4D, y: tf.Tensor4D, exponent: tf.Scalar) => StepLoss;
  readonly dispose: () => void;
}

/** All training images, batch by batch: float32 [n, S, S, C] in [0, 1]; the provider disposes each. */
export type TrainingImages = () => Iterable<tf.Tensor4D>;
