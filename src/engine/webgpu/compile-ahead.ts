/** Builds pipelines side by side before they are needed, instead of one after the other at their first use. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { dropTrace, traceOn } from './recorder.ts';
import { compileOnlyFlag, type PipelineCache, pipelinesOf } from './tfjs-internals.ts';

type Pending = Map<string, Promise<GPUComputePipeline>>;

const pendingOf = new WeakMap<WebGPUBackend, Pending>();

/**
 * Takes the promises out of tfjs's cache, which gets each pipeline once it is there. tfjs throws where it finds a promise;
 * where it finds nothing, it builds the pipeline at once, so a kernel can be used while it is being compiled ahead.
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
 * Compiles every kernel that `record` would run, all at once, and runs none: tensors that are made take no memory and hold
 * nothing, and in-place updates do not happen. Does nothing on other backends, which have nothing to compile. A device
 * cannot be told to stop: whoever waits no longer leaves it to it, and the next call waits for what is still under way.
 * @param record runs before this returns; frees what it makes
 * @param onProgress told of the share of pipelines that are there, 0 to 1
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
  // What is under way already is not asked for again.
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
