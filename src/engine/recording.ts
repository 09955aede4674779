/** Records work on the active backend. A replay takes almost none of this thread's time. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { recordOnWebGpu } from './webgpu/recorder.ts';

/** Recorded work. */
export interface Recording {
  /** Runs the recorded commands again. */
  replay(): void;
  /** Frees the recording's memory, but not the outside tensors that the recording uses. */
  dispose(): void;
}

/** One of our backends: the processor, or one that only plans. */
interface RecordingBackend extends tf.KernelBackend {
  record(body: () => void): Recording;
}

const canRecord = (backend: tf.KernelBackend): backend is RecordingBackend => 'record' in backend;

/**
 * Runs some work and records it. Values that differ between runs belong in tensors from outside: write those with
 * `writeValues` before each replay. Tensors from outside must outlive the recording and keep their memory, which
 * `Variable.assign` does not. The work must dispose of the tensors that it makes.
 * @param body runs once or twice, since some devices measure it first; reads nothing back, writes no values
 * @throws Error within a recording, or on a backend that cannot record
 */
export const record = (body: () => void): Recording => {
  const backend = tf.backend();
  if (backend instanceof WebGPUBackend) return recordOnWebGpu(body);
  if (canRecord(backend)) return backend.record(body);
  throw new Error(`The backend '${tf.getBackend()}' cannot record.`);
};
