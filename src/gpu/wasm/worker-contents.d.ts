/** tfjs ships no types for the script of its threads. */
declare module '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js' {
  /** A classic script, as text. */
  export const wasmWorkerContents: string;
}
