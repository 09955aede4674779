/** What every training objective is, and what it may ask for. */
import type * as tf from '@tensorflow/tfjs-core';

/** The loss of one step of a curriculum. */
export interface StepLoss {
  /** By the weight of this step: the value that is minimized. float32, differentiable in y; the caller disposes it. */
  readonly objective: tf.Scalar;
  /** By the final weight, so that steps and runs can be compared. float32, without a gradient; the caller disposes it. */
  readonly final: tf.Scalar;
}

/** An objective and the tensors that it holds. */
export interface Loss {
  /**
   * @param x the images, float32 [B, S, S, C]
   * @param y their reconstructions, likewise
   * @returns a float32 scalar, differentiable in y; the caller disposes it
   */
  readonly loss: (x: tf.Tensor4D, y: tf.Tensor4D) => tf.Scalar;
  /**
   * The same in a step of a curriculum; undefined if the loss is the same in every step.
   * @param exponent of the weight, in (0, 1), float32: see `curriculumExponent`
   */
  readonly stepLoss?: (x: tf.Tensor4D, y: tf.Tensor4D, exponent: tf.Scalar) => StepLoss;
  readonly dispose: () => void;
}

/** All training images, batch by batch: float32 [n, S, S, C] in [0, 1], each disposed by its maker. */
export type TrainingImages = () => Iterable<tf.Tensor4D>;
