/** Tensors that are written before they are read. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * Makes a float32 tensor of undefined values, which survives `tidy`. On WebGPU it gets its memory at its first use, without an
 * upload.
 */
export const uninitialized = <R extends tf.Rank>(shape: tf.ShapeMap[R]): tf.Tensor<R> => {
  const tensor: tf.Tensor = tf.engine().runKernel('ResiduaUninitialized', {}, { shape });
  return tf.keep(tensor) as tf.Tensor<R>;
};
