/** Starts tfjs's WASM backend in this thread: the processor, with SIMD, and with threads where the page may have them. */
import { BackendWasm, getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import threadedSimd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { ResiduaError } from '#core/errors.ts';
import { startThreadedModule, stopThreads } from './threaded-module.ts';

/** What the processor computes with, to be told to the user. */
export interface WasmDescription {
  readonly backend: 'wasm';
  /** Threads of the convolutions; 1 where the page is not cross-origin isolated. */
  readonly threads: number;
}

export interface WasmOptions {
  /** The most threads to use: all logical processors, at most 8, and one in Firefox, unless told. */
  readonly threads?: number;
}

/** What tfjs's module starts workers for. */
const mostThreads = 8;

/**
 * Firefox computes no faster with two threads (37 ms a convolution with its gradients with one, 35 to 67 with two), and
 * two of twelve starts of the threaded module did not end.
 */
const threadsHelp = !globalThis.navigator.userAgent.includes('Firefox/');

/** The workers' files come from the cache or the same server as the page: a start that takes longer has failed. */
const startLimitMs = 5_000;

const noWasm = (problem: string, cause?: unknown): ResiduaError =>
  new ResiduaError(
    'no-wasm',
    problem,
    'Use Chrome or Edge 91 or later, Firefox 89 or later, or Safari 16.4 or later, and load the page again.',
    { cause },
  );

/** Resolves to undefined where a promise fails or takes longer than the limit. */
const within = async <Value>(limitMs: number, promise: Promise<Value>): Promise<Value | undefined> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
};

/** Makes tfjs build its WASM backend on the threaded module, where that can be started; else on its own with one thread. */
const prepareBackend = async (threads: number): Promise<void> => {
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': threadedSimd,
  });
  // tfjs's own start of the threaded module does not survive a minifier.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (threads === 1 || !globalThis.crossOriginIsolated) return;
  const starting = startThreadedModule();
  const module = await within(startLimitMs, starting);
  if (!module) {
    starting.then(stopThreads).catch(() => {});
    return;
  }
  setThreadsCount(threads);
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => new BackendWasm(module));
};

let prepared: Promise<void> | undefined;

/**
 * Makes WASM the active backend of tfjs. Threads are used where the page is cross-origin isolated and they can be
 * started, from a worker or a page.
 * @throws ResiduaError `no-wasm` where the browser cannot run it, or runs it without SIMD
 */
export const openWasm = async (options: WasmOptions = {}): Promise<WasmDescription> => {
  if (tf.engine().backendName !== 'wasm') {
    if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
      throw noWasm('This browser cannot run WebAssembly with SIMD.');
    }
    const helpful = threadsHelp ? globalThis.navigator.hardwareConcurrency : 1;
    const threads = Math.min(options.threads ?? helpful, mostThreads);
    // Once: a new backend would take the tensors of the one before with it.
    prepared ??= prepareBackend(threads);
    await prepared;
    if (!(await tf.setBackend('wasm'))) throw noWasm('This browser cannot run the WebAssembly backend.');
    await tf.ready();
  }
  return { backend: 'wasm', threads: getThreadsCount() };
};
