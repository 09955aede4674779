/** Tensors that are written before they are read. */
import * as tf from '@tensorflow/tfjs-core';

/** A backend that makes tensors without values. */
interface MakesTensors {
  makeTensorInfo(shape: number[], dtype: 'float32'): tf.TensorInfo;
}

const makesTensors = (backend: object): backend is MakesTensors => 'makeTensorInfo' in backend;

/**
 * A float32 tensor whose values do not matter: on WebGPU it takes its memory when it is first used, and no upload. It is kept
 * until it is disposed, whatever scope it was made in.
 */
export const uninitialised = <R extends tf.Rank>(shape: tf.ShapeMap[R]): tf.Tensor<R> => {
  const backend = tf.backend();
  if (!makesTensors(backend)) return tf.tidy(() => tf.keep(tf.zeros<R>(shape)));
  const tensor = tf.engine().makeTensorFromTensorInfo(backend.makeTensorInfo([...shape], 'float32'));
  return tf.keep(tensor) as tf.Tensor<R>;
};
