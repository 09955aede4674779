/** Starts tfjs's WASM backend in this thread: the processor, with SIMD, and with threads where the page may have them. */
import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import threadedSimd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

/**
 * Makes WASM the active backend of tfjs.
 * @returns the number of threads that it computes with
 * @throws Error where the browser cannot run it
 */
export const openWasm = async (): Promise<number> => {
  if (tf.engine().backendName !== 'wasm') {
    setWasmPaths({
      'tfjs-backend-wasm.wasm': plain,
      'tfjs-backend-wasm-simd.wasm': simd,
      'tfjs-backend-wasm-threaded-simd.wasm': threadedSimd,
    });
    if (!(await tf.setBackend('wasm'))) throw new Error('This browser cannot run the WASM backend.');
    await tf.ready();
  }
  return getThreadsCount();
};
