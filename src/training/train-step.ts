/** One optimizer step: forward, loss, backward and update, in one piece or in micro-batches. */
import * as tf from '@tensorflow/tfjs-core';
import { accumulate, accumulateAll } from '#engine/ops/elementwise/in-place.ts';
import { placeSideBySide, type SideBySide } from '#engine/ops/flat/side-by-side.ts';
import type { Loss, StepLoss } from '#losses/create-loss.ts';
import type { Autoencoder } from '#model/autoencoder.ts';
import type { Radam } from '#optim/radam.ts';

/** What a step changes and asks. */
export interface StepParts {
  readonly model: Autoencoder;
  readonly loss: Loss;
  readonly optimizer: Radam;
  readonly variables: tf.Variable[];
}

/** Images that pass through the model at once. */
export interface MicroBatch {
  /** float32 [n, S, S, 3] in [0, 1]; stays the caller's. */
  readonly images: tf.Tensor4D;
  /** Its part of the batch, in (0, 1]; 1 where the batch is whole. */
  readonly share: number;
}

/** How a step runs, besides what its tensors hold. */
export interface StepKind {
  /** Of the frequency weight, in (0, 1), float32: see `curriculumExponent`. Undefined for the final weight. */
  readonly exponent?: tf.Scalar | undefined;
  /** As `Radam.advance` told. */
  readonly rectified: boolean;
}

/** The loss that a step minimises, and the one that it reports. */
const stepLossOf = (loss: Loss, x: tf.Tensor4D, y: tf.Tensor4D, exponent?: tf.Scalar): StepLoss => {
  if (exponent && loss.stepLoss) return loss.stepLoss(x, y, exponent);
  const value = loss.loss(x, y);
  return { objective: value, final: value };
};

interface PartResult {
  readonly losses: StepLoss;
  /** In the order of the variables. */
  readonly gradients: SideBySide;
}

const runPart = (
  { model, loss, variables }: StepParts,
  { images, share }: MicroBatch,
  exponent: tf.Scalar | undefined,
): PartResult => {
  const scaled = (value: tf.Scalar): tf.Scalar => (share === 1 ? value : tf.mul(value, share));
  let final: tf.Scalar | undefined;
  const { value, grads } = tf.variableGrads(() => {
    const losses = stepLossOf(loss, images, model.train(images), exponent);
    // The tape returns the objective alone: the other loss outlives its scope by itself.
    if (losses.final !== losses.objective) final = tf.keep(scaled(losses.final));
    return scaled(losses.objective);
  }, variables);
  const gradients = placeSideBySide(variables.map(({ name }) => grads[name]!));
  tf.dispose(grads);
  return { losses: { objective: value, final: final ?? value }, gradients };
};

/**
 * Computes one optimizer step, the second half of it: `Radam.advance` comes before. Nothing is read back, and all can be
 * recorded: a replay takes images, exponent and the optimizer's numbers from the same tensors. Losses and gradients of the
 * micro-batches are averaged by their shares, so that they are those of the batch; only batch norm sees each micro-batch by
 * itself.
 * @param batch its parts; shares add up to 1
 * @returns the losses, float32 scalars, which the caller disposes; one tensor for both where they are the same
 * @throws RangeError where the batch is empty
 */
export const computeStep = (
  parts: StepParts,
  batch: readonly MicroBatch[],
  { exponent, rectified }: StepKind,
): StepLoss => {
  const [first, ...others] = batch;
  if (!first) throw new RangeError('A step got no images.');
  const sum = runPart(parts, first, exponent);
  for (const other of others) {
    const { losses, gradients } = runPart(parts, other, exponent);
    accumulate(sum.losses.objective, losses.objective);
    if (losses.final !== losses.objective) accumulate(sum.losses.final, losses.final);
    accumulateAll(sum.gradients.tensors, gradients.tensors);
    disposeLosses(losses);
    gradients.dispose();
  }
  parts.optimizer.update(sum.gradients.tensors, rectified);
  sum.gradients.dispose();
  return sum.losses;
};

/** Frees the losses of a step. */
export const disposeLosses = ({ objective, final }: StepLoss): void => tf.dispose([objective, final]);
