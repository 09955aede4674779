/** The compiled kernels as seen from outside; the thread's script has this and not the bytes. */

/** The module's exports. */
export interface KernelExports {
  /** Runs a list of commands with all threads; returns when it is done. Throws if a thread has failed. */
  runList(control: number, list: number, commands: number, threads: number, scratch: number): void;
  /** Takes part in every list from the one after `started` on, and never returns. */
  serve(control: number, started: number, scratch: number): void;
}

/** Kernels that work in a memory. */
export const instantiate = (module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports =>
  new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;
