/** The weight of a step of a curriculum, on the device. */
import * as tf from '@tensorflow/tfjs-core';
import { createDcWeight } from './dc-weight.ts';

/** Makes the weights of steps out of the final one. Owns its tensors until `dispose`. */
export interface Curriculum {
  /**
   * What `curriculumWeight` defines: w^s, rescaled to the mean of w, and `dcWeight` times its largest at (0, 0).
   * @param final w, float32 [S, S], unshifted; stays the caller's
   * @param exponent s, in (0, 1)
   * @returns float32 [S, S], unshifted; the caller disposes it
   */
  readonly weightAt: (final: tf.Tensor2D, exponent: number) => tf.Tensor2D;
  readonly dispose: () => void;
}

/** @param side S, in pixels */
export const createCurriculum = (dcWeight: number, side: number): Curriculum => {
  const corner = createDcWeight(dcWeight, side);
  return {
    weightAt: (final, exponent) =>
      tf.tidy(() => {
        const weight = corner.removeFrom(final);
        // Devices compute a power by logarithms, and some have one of 0 that is finite.
        const powers = tf.where(tf.greater(weight, 0), tf.pow(weight, exponent), 0);
        const scaled = tf.mul<tf.Tensor2D>(powers, tf.div(tf.sum(weight), tf.sum(powers)));
        return corner.addTo(scaled);
      }),
    dispose: corner.dispose,
  };
};
