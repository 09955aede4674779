/** The mean squared error with its gradient, as one tfjs operation. */
import * as tf from '@tensorflow/tfjs-core';
import { releaseOutputGradient, releaseSaved } from '../tape/release.ts';

/**
 * Mean of (x - y)^2 over all values. Differentiable in `y` only: 2 (y - x) / count. Same inputs, same device: same bits.
 * @param x float32
 * @param y float32, of x's shape
 * @returns a float32 scalar, which the caller disposes
 * @throws RangeError if the shapes differ
 */
export const meanSquaredError = (x: tf.Tensor, y: tf.Tensor): tf.Scalar => {
  if (!tf.util.arraysEqual(x.shape, y.shape)) {
    throw new RangeError(`meanSquaredError got shapes [${x.shape}] and [${y.shape}], expected equal ones.`);
  }
  const errorOfY = tf.customGrad((...given) => {
    const [values, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const value: tf.Tensor = tf.engine().runKernel('ResiduaSquaredError', { x, y: values });
    save([x, values]);
    return {
      value,
      gradFunc: (dy, saved) => {
        const [savedX, savedY] = saved as [tf.Tensor, tf.Tensor];
        const gradient: tf.Tensor = tf
          .engine()
          .runKernel('ResiduaSquaredErrorGradient', { x: savedX, y: savedY, dy });
        releaseSaved(saved);
        releaseOutputGradient(dy);
        return gradient;
      },
    };
  });
  return errorOfY(y) as tf.Scalar;
};
