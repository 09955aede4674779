/** One optimizer step: forward, loss, backward and update, in one piece or in micro-batches. */
import * as tf from '@tensorflow/tfjs-core';
import { accumulate, accumulateAll } from '#engine/ops/elementwise/in-place.ts';
import { placeSideBySide, type SideBySide } from '#engine/ops/flat/side-by-side.ts';
import type { Loss, StepLoss } from '#losses/create-loss.ts';
import type { Autoencoder } from '#model/autoencoder.ts';
import type { Radam } from '#optim/radam.ts';

/** The model, loss and optimizer of a step. */
export interface StepParts {
  readonly model: Autoencoder;
  readonly loss: Loss;
  readonly optimizer: Radam;
  readonly variables: tf.Variable[];
}

/** Images that pass through the model at once. */
export interface MicroBatch {
  /** float32 [n, S, S, 3] in [0, 1]; the caller owns it. */
  readonly images: tf.Tensor4D;
  /** Its fraction of the batch, in (0, 1]; 1 if the batch is whole. */
  readonly share: number;
}

/** The kind of a step, apart from the content of its tensors. */
export interface StepKind {
  /** Exponent of the frequency weight, in (0, 1), float32: see `curriculumExponent`. Undefined for the final weight. */
  readonly exponent?: tf.Scalar | undefined;
  /** Whether RAdam's step is rectified, as returned by `Radam.advance`. */
  readonly rectified: boolean;
}

/** The loss that a step minimizes, and the one that it reports. */
const stepLossOf = (loss: Loss, x: tf.Tensor4D, y: tf.Tensor4D, exponent?: tf.Scalar): StepLoss => {
  if (exponent && loss.stepLoss) return loss.stepLoss(x, y, exponent);
  const value = loss.loss(x, y);
  return { objective: value, final: value };
};

interface PartResult {
  readonly losses: StepLoss;
  /** Gradients in the order of the variables. */
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
    // The tape returns only the objective; the other loss must outlive its scope.
    if (losses.final !== losses.objective) final = tf.keep(scaled(losses.final));
    return scaled(losses.objective);
  }, variables);
  const gradients = placeSideBySide(variables.map(({ name }) => grads[name]!));
  tf.dispose(grads);
  return { losses: { objective: value, final: final ?? value }, gradients };
};

/**
 * Computes one optimizer step after `Radam.advance`. Nothing is read back, and everything can be recorded: a replay reads
 * images, exponent and the optimizer's numbers from the same tensors. Losses and gradients of micro-batches are averaged by
 * their shares, to equal those of the batch; only batch norm sees each micro-batch separately.
 * @param batch its parts; shares sum to 1
 * @returns the losses, float32 scalars, which the caller disposes; one tensor for both if they are the same
 * @throws RangeError if the batch is empty
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
  parts.optimizer.update(sum.gradients.tensors, rectified, sum.losses.objective);
  sum.gradients.dispose();
  return sum.losses;
};

/** Frees the losses of a step. */
export const disposeLosses = ({ objective, final }: StepLoss): void => tf.dispose([objective, final]);
