/** Records work on the active backend, so that it can be done again with next to no work for this thread. */
import * as tf from '@tensorflow/tfjs-core';
import { type Recording, recorderOf } from './recorder-registry.ts';
import './cpu/recorder.ts';
import './webgpu/recorder.ts';

export type { Recording } from './recorder-registry.ts';

/**
 * Does some work, and records it. Whatever changes from one run to the next lies in tensors from outside: write them with
 * `writeValues` before each replay. Tensors from outside that the work uses must outlive the recording, and keep their
 * place (`Variable.assign` gives a variable another); tensors that it makes, it must dispose.
 * @param body runs once or twice: some devices measure it first; reads nothing back, writes no values
 * @throws Error within a recording
 */
export const record = (body: () => void): Recording => recorderOf(tf.getBackend())(body);
