/** One optimiser step: forward, loss, backward and update, in one piece or in micro-batches. */
import * as tf from '@tensorflow/tfjs-core';
import { accumulate } from '#gpu/elementwise/in-place.ts';
import type { Loss, StepLoss } from '#losses/create-loss.ts';
import type { Autoencoder } from '#model/autoencoder.ts';
import type { Radam } from '#optim/radam.ts';

/** What a step changes and asks. */
export interface StepParts {
  readonly model: Autoencoder;
  readonly loss: Loss;
  readonly optimiser: Radam;
  readonly variables: tf.Variable[];
}

/** Images that pass through the model at once. */
export interface MicroBatch {
  /** float32 [n, S, S, 3] in [0, 1]; the step disposes it. */
  readonly images: tf.Tensor4D;
  /** Its part of the batch, in (0, 1]; 1 where the batch is whole. */
  readonly share: number;
}

/** The loss that a step minimises, and the one that it reports. */
const stepLossOf = (loss: Loss, x: tf.Tensor4D, y: tf.Tensor4D, exponent: number): StepLoss => {
  if (exponent < 1 && loss.stepLoss) return loss.stepLoss(x, y, exponent);
  const value = loss.loss(x, y);
  return { objective: value, final: value };
};

/**
 * Records one optimiser step; nothing is read back. Losses and gradients of the micro-batches are averaged by their
 * shares, so that they are those of the batch; only batch norm sees each micro-batch by itself.
 * @param batch its parts, each asked for when the one before has been recorded; shares add up to 1
 * @param exponent of the frequency weight, in (0, 1]: see `curriculumExponent`
 * @returns the losses, float32 scalars, which the caller disposes; one tensor for both where they are the same
 * @throws RangeError where the batch is empty
 */
export const recordStep = (
  { model, loss, optimiser, variables }: StepParts,
  batch: Iterable<MicroBatch>,
  exponent = 1,
): StepLoss => {
  let sum: { losses: StepLoss; grads: tf.NamedTensorMap } | undefined;
  for (const { images, share } of batch) {
    const scaled = (value: tf.Scalar): tf.Scalar => (share === 1 ? value : tf.mul(value, share));
    let final: tf.Scalar | undefined;
    const { value, grads } = tf.variableGrads(() => {
      const losses = stepLossOf(loss, images, model.train(images), exponent);
      // The tape returns the objective alone: the other loss outlives its scope by itself.
      if (losses.final !== losses.objective) final = tf.keep(scaled(losses.final));
      return scaled(losses.objective);
    }, variables);
    images.dispose();
    const losses: StepLoss = { objective: value, final: final ?? value };
    if (!sum) {
      sum = { losses, grads };
      continue;
    }
    accumulate(sum.losses.objective, value);
    if (final) accumulate(sum.losses.final, final);
    for (const { name } of variables) accumulate(sum.grads[name]!, grads[name]!);
    disposeLosses(losses);
    tf.dispose(grads);
  }
  if (!sum) throw new RangeError('A step got no images.');
  optimiser.apply(sum.grads);
  tf.dispose(sum.grads);
  return sum.losses;
};

/** Frees the losses of a step. */
export const disposeLosses = ({ objective, final }: StepLoss): void => tf.dispose([objective, final]);
