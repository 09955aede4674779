/** Tensors that are written before they are read. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * A float32 tensor whose values do not matter: on WebGPU it takes its memory when it is first used, and no upload. It is kept
 * until it is disposed, whatever scope it was made in.
 */
export const uninitialized = <R extends tf.Rank>(shape: tf.ShapeMap[R]): tf.Tensor<R> => {
  const tensor: tf.Tensor = tf.engine().runKernel('ResiduaUninitialized', {}, { shape });
  return tf.keep(tensor) as tf.Tensor<R>;
};
