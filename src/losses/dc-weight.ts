/** The weight of the zero frequency on the device, in units of the largest weight of the others. */
import * as tf from '@tensorflow/tfjs-core';

/** Sets the zero frequency of weights. Owns a tensor until `dispose`. */
export interface DcWeight {
  /**
   * @param weight float32 [S, S], unshifted, 0 at (0, 0); stays the caller's
   * @returns the same with `dcWeight` times its largest value at (0, 0); the caller disposes it
   */
  readonly addTo: (weight: tf.Tensor2D) => tf.Tensor2D;
  /**
   * @param weight float32 [S, S], unshifted; stays the caller's
   * @returns the same with 0 at (0, 0); the caller disposes it
   */
  readonly removeFrom: (weight: tf.Tensor2D) => tf.Tensor2D;
  readonly dispose: () => void;
}

/**
 * @param dcWeight w(0, 0) in units of the largest other weight
 * @param side S, in pixels
 */
export const createDcWeight = (dcWeight: number, side: number): DcWeight => {
  const atCorner = (corner: number, elsewhere: number): tf.Tensor2D => {
    const values = new Float32Array(side * side).fill(elsewhere);
    values[0] = corner;
    return tf.keep(tf.tensor2d(values, [side, side]));
  };
  const kept = tf.tidy(() => ({ corner: atCorner(dcWeight, 0), others: atCorner(0, 1) }));
  return {
    addTo: (weight) => tf.tidy(() => tf.add(weight, tf.mul(kept.corner, tf.max(weight)))),
    removeFrom: (weight) => tf.mul(weight, kept.others),
    dispose: () => tf.dispose([kept.corner, kept.others]),
  };
};
