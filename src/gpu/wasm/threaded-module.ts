/**
 * Starts the threaded build of tfjs's WASM module. tfjs's own way hands its threads the text of a bundled function, which
 * a minifier breaks, and uses half of the logical processors; here the threads load the untouched file by its address.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import factory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import scriptUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?url';
import binaryUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url';
import { wasmWorkerContents } from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js';

type WasmModule = BackendWasm['wasm'];

/** Emscripten's way to call a function of the module, which tfjs's types leave out. */
interface Callable {
  cwrap(name: string, result: 'number' | null, types: readonly string[]): (...values: number[]) => number;
}

/** The functions of the module that tfjs calls by itself: name in WASM, result, arguments. */
const bridge = {
  init: ['init', null, []],
  initWithThreadsCount: ['init_with_threads_count', null, ['number']],
  getThreadsCount: ['get_threads_count', 'number', []],
  registerTensor: ['register_tensor', null, ['number', 'number', 'number']],
  disposeData: ['dispose_data', null, ['number']],
  dispose: ['dispose', null, []],
} as const;

/**
 * Runs `start` while this thread believes in twice as many processors: the module allows itself half of what it reads
 * when it starts, since two logical processors often share a core, and so has one thread where there are two.
 */
const withDoubledProcessors = async <Result>(start: () => Promise<Result>): Promise<Result> => {
  const { navigator } = globalThis;
  const value = 2 * navigator.hardwareConcurrency;
  Object.defineProperty(navigator, 'hardwareConcurrency', { value, configurable: true });
  try {
    return await start();
  } finally {
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  }
};

/**
 * Loads the module and the workers of its threads, which start with `new BackendWasm(module)`.
 * @throws Error where a file cannot be loaded
 */
export const startThreadedModule = async (): Promise<WasmModule> => {
  const worker = URL.createObjectURL(
    // A line break inside a string of the script was an escape in the file that it comes from.
    new Blob([wasmWorkerContents.replaceAll('\n', '\\n')], { type: 'application/javascript' }),
  );
  const absolute = (url: string): string => new URL(url, globalThis.location.href).href;
  const module = await withDoubledProcessors(() =>
    factory({
      mainScriptUrlOrBlob: absolute(scriptUrl),
      locateFile: (path) => (path.endsWith('.worker.js') ? worker : absolute(binaryUrl)),
    }),
  );
  const { cwrap } = module as unknown as Callable;
  module.tfjs = Object.fromEntries(
    Object.entries(bridge).map(([name, [symbol, result, types]]) => [name, cwrap(symbol, result, types)]),
  ) as unknown as WasmModule['tfjs'];
  return module;
};

/** Ends the workers of a module that is not used. */
export const stopThreads = (module: WasmModule): void => {
  if ('PThread' in module) module.PThread.terminateAllThreads();
};
