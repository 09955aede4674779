/** Sets the weight of the zero frequency on the device, in units of the largest other weight. */
import * as tf from '@tensorflow/tfjs-core';

/** Sets the zero frequency of weights. Owns a tensor until `dispose`. */
export interface DcWeight {
  /**
   * @param weight float32 [S, S], unshifted, 0 at (0, 0); the caller owns it
   * @returns the same with `dcWeight` times its largest value at (0, 0); the caller disposes it
   */
  readonly addTo: (weight: tf.Tensor2D) => tf.Tensor2D;
  readonly dispose: () => void;
}

/**
 * @param dcWeight w(0, 0) in units of the largest other weight
 * @param side S, in pixels
 */
export const createDcWeight = (dcWeight: number, side: number): DcWeight => {
  const values = new Float32Array(side * side);
  values[0] = dcWeight;
  const corner = tf.tidy(() => tf.keep(tf.tensor2d(values, [side, side])));
  return {
    addTo: (weight) => tf.tidy(() => tf.add(weight, tf.mul(corner, tf.max(weight)))),
    dispose: () => corner.dispose(),
  };
};
