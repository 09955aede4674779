/** Records work on the active backend, so that it can be done again with next to no work for this thread. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { recordOnWebGpu } from './webgpu/recorder.ts';

/** Work that can be done again without the code that said what it is. */
export interface Recording {
  /** Runs the recorded commands again. */
  replay(): void;
  /** Frees what the recording holds. The tensors that it works on stay. */
  dispose(): void;
}

/** A backend of ours: the processor, or one that plans. */
interface RecordingBackend extends tf.KernelBackend {
  record(body: () => void): Recording;
}

const canRecord = (backend: tf.KernelBackend): backend is RecordingBackend => 'record' in backend;

/**
 * Does some work, and records it. Whatever changes from one run to the next lies in tensors from outside: write them with
 * `writeValues` before each replay. Tensors from outside that the work uses must outlive the recording, and keep their
 * place (`Variable.assign` gives a variable another); tensors that it makes, it must dispose.
 * @param body runs once or twice: some devices measure it first; reads nothing back, writes no values
 * @throws Error within a recording, or on a backend that cannot record
 */
export const record = (body: () => void): Recording => {
  const backend = tf.backend();
  if (backend instanceof WebGPUBackend) return recordOnWebGpu(body);
  if (canRecord(backend)) return backend.record(body);
  throw new Error(`The backend '${tf.getBackend()}' cannot record.`);
};
