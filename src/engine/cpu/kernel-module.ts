/** The compiled kernels as seen from outside; the thread's script has this and not the bytes. */

/** The module's exports. */
export interface KernelExports {
  /** Runs a list of commands with all threads; returns when it is done. Throws if a thread has failed. */
  runList(control: number, list: number, commands: number, threads: number, scratch: number): void;
  /** Takes part in every list after `started` that more than `index` threads run, and never returns. */
  serve(control: number, started: number, index: number, scratch: number): void;
}

/** A page may not sleep: there it goes on looking. */
const maySleep = typeof document === 'undefined';

/** Kernels that work in a memory. */
export const instantiate = (module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports => {
  const sleep = (address: number, value: number, limitMs: number): void => {
    if (!maySleep) return;
    const timeout = limitMs < 0 ? Number.POSITIVE_INFINITY : limitMs;
    Atomics.wait(new Int32Array(memory.buffer, address, 1), 0, value, timeout);
  };
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = kind === 'memory' ? memory : sleep;
  }
  return new WebAssembly.Instance(module, imports).exports as unknown as KernelExports;
};
