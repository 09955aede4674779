/** One optimiser step: forward, loss, backward and update, in one piece or in micro-batches. */
import * as tf from '@tensorflow/tfjs-core';
import { accumulate } from '#gpu/elementwise/in-place.ts';
import type { Loss } from '#losses/create-loss.ts';
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

/**
 * Records one optimiser step; nothing is read back. Loss and gradients of the micro-batches are averaged by their
 * shares, so that they are those of the batch; only batch norm sees each micro-batch by itself.
 * @param batch its parts, each asked for when the one before has been recorded; shares add up to 1
 * @returns the loss, a float32 scalar, which the caller disposes
 * @throws RangeError where the batch is empty
 */
export const recordStep = (
  { model, loss, optimiser, variables }: StepParts,
  batch: Iterable<MicroBatch>,
): tf.Scalar => {
  let sum: { value: tf.Scalar; grads: tf.NamedTensorMap } | undefined;
  for (const { images, share } of batch) {
    const part = tf.variableGrads(() => {
      const value = loss.loss(images, model.train(images));
      return share === 1 ? value : tf.mul(value, share);
    }, variables);
    images.dispose();
    if (!sum) {
      sum = part;
      continue;
    }
    accumulate(sum.value, part.value);
    for (const { name } of variables) accumulate(sum.grads[name]!, part.grads[name]!);
    tf.dispose(part);
  }
  if (!sum) throw new RangeError('A step got no images.');
  optimiser.apply(sum.grads);
  tf.dispose(sum.grads);
  return sum.value;
};
