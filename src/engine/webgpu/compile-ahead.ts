/** Compiles pipelines in parallel before they are needed, instead of one after the other at their first use. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { dropTrace, traceOn } from './recorder.ts';
import { compileOnlyFlag, type PipelineCache, pipelinesOf } from './tfjs-internals.ts';

type Pending = Map<string, Promise<GPUComputePipeline>>;

const pendingOf = new WeakMap<WebGPUBackend, Pending>();

/**
 * Removes the promises from tfjs's cache, and adds each pipeline once it is compiled. tfjs throws if it finds
 * a promise. If it finds nothing, it compiles the pipeline at once, so a kernel can be used while it is being
 * compiled ahead.
 */
const takePromises = (cache: PipelineCache, pending: Pending): void => {
  for (const [key, entry] of Object.entries(cache)) {
    if (!(entry instanceof Promise)) continue;
    delete cache[key];
    if (pending.has(key)) continue;
    pending.set(key, entry);
    entry.then(
      (pipeline) => {
        pending.delete(key);
        cache[key] ??= pipeline;
      },
      () => pending.delete(key),
    );
  }
};

/**
 * Compiles every kernel that `record` would run, in parallel, and runs none. Tensors that `record` makes use
 * no memory and have no values, and in-place updates do not happen. Does nothing on other backends, which
 * compile nothing. Compilation cannot be canceled: it goes on if the caller stops waiting, and the next call
 * waits for it too.
 * @param record runs before this returns; frees the tensors that it makes
 * @param onProgress receives the compiled fraction of the pipelines, 0 to 1
 * @throws Error if the device refuses a kernel
 */
export const compileAhead = async (
  record: () => void,
  onProgress: (share: number) => void = () => undefined,
): Promise<void> => {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) return;
  const cache = pipelinesOf(backend);
  const pending: Pending = pendingOf.get(backend) ?? new Map();
  pendingOf.set(backend, pending);
  // Pipelines that are being compiled are not compiled again.
  for (const [key, pipeline] of pending) cache[key] ??= pipeline;
  tf.env().set(compileOnlyFlag, true);
  try {
    dropTrace(backend, traceOn(backend, record));
  } finally {
    tf.env().set(compileOnlyFlag, false);
    takePromises(cache, pending);
  }
  const all = [...pending.values()];
  let built = 0;
  const count = (): void => onProgress(++built / all.length);
  await Promise.all(all.map((pipeline) => pipeline.then(count)));
};
