/**
 * Instantiates the compiled kernels. The threads' script needs only this file, and not the module's bytes.
 */

/** The module's exports. */
export interface KernelExports {
  /** Runs a list of commands with all threads; returns when it has finished. Throws if a thread fails. */
  runList(control: number, list: number, commands: number, threads: number, scratch: number): void;
  /** Joins every list after `started` that more than `index` threads run; never returns. */
  serve(control: number, started: number, index: number, scratch: number): void;
}

/** A page's main thread is not allowed to sleep, so it polls instead. */
const maySleep = typeof document === 'undefined';

/** Instantiates the kernels on a memory. */
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
