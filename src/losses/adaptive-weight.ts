/** The adaptive frequency weights on the device: from a mean spectrum to w(u, v), without a readback. */
import * as tf from '@tensorflow/tfjs-core';
import { frequencyRadii, spectrumFloor, type WeightConfig } from '#core/frequency-weight/frequency-weight.ts';
import { meanMagnitude } from '#engine/ops/mean-magnitude/mean-magnitude.ts';
import { createDcWeight } from './dc-weight.ts';

/** A weight computed from a mean spectrum, with its tensors. */
export interface AdaptiveWeight {
  /**
   * @param mean mean magnitude of spectra, float32 [S, S], from `meanMagnitude`
   * @returns the weight, float32 [S, S], unshifted; the caller disposes it
   */
  readonly weightOf: (mean: tf.Tensor2D) => tf.Tensor2D;
  readonly dispose: () => void;
}

/**
 * The weight of `frequencyWeight` for `adaptive-dataset` and `adaptive-batch`:
 * r / (eps + mean |F|)^gamma, rescaled to the mean of r, and at (0, 0) `dcWeight` times its largest value.
 * @param side side of the images in pixels
 */
export const createAdaptiveWeight = (
  { dcWeight, weightGamma, weightEpsilon }: WeightConfig,
  side: number,
): AdaptiveWeight => {
  const radii = frequencyRadii(side, side);
  const sum = radii.reduce((total, radius) => total + radius, 0);
  const kept = tf.tidy(() => tf.keep(tf.tensor2d(Float32Array.from(radii), [side, side])));
  const corner = createDcWeight(dcWeight, side);
  const floor = spectrumFloor(weightEpsilon, side, side);
  return {
    weightOf: (mean) =>
      tf.tidy(() => {
        const shaped = tf.mul(kept, tf.pow(tf.add(mean, floor), -weightGamma));
        const scaled = tf.mul(shaped, tf.div(sum, tf.sum(shaped)));
        return corner.addTo(scaled as tf.Tensor2D);
      }),
    dispose: () => {
      kept.dispose();
      corner.dispose();
    },
  };
};

/**
 * Averages `meanMagnitude` over many images, given batch by batch.
 * @param batches float32 [n, S, S, C] each, at least one; the caller owns them
 * @returns float32 [S, S], unshifted; the caller disposes it
 * @throws RangeError if there is no batch
 */
export const meanMagnitudeOf = (batches: Iterable<tf.Tensor4D>): tf.Tensor2D => {
  let images = 0;
  let sum: tf.Tensor2D | undefined;
  for (const batch of batches) {
    const before = sum;
    const [count] = batch.shape;
    sum = tf.tidy(() => {
      const part = tf.mul<tf.Tensor2D>(meanMagnitude(batch), count);
      return before ? tf.add<tf.Tensor2D>(before, part) : part;
    });
    before?.dispose();
    images += count;
  }
  if (!sum) throw new RangeError('The mean spectrum got no images.');
  const total = sum;
  const mean = tf.tidy(() => tf.mul<tf.Tensor2D>(total, 1 / images));
  total.dispose();
  return mean;
};
