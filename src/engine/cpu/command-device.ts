/** What a backend asks of the processor, whether it computes or only plans. */
import type { Heap } from './heap.ts';

/** One call of a kernel. */
export interface KernelCall {
  /** From `kernel-numbers.ts`. */
  readonly kernel: number;
  /** The kernel's arguments in its order: addresses, whole numbers, and floats by `floatWord`. */
  readonly words: readonly number[];
  /** Pieces of work that do not depend on each other. Their number follows from the shapes alone. */
  readonly chunks: number;
}

/** Commands that lie in the memory, ready to be run. */
export interface CommandList {
  readonly address: number;
  readonly commands: number;
}

/** Values in the memory, four bytes each. */
export type MemoryValues = Float32Array | Int32Array;

/** One memory and whatever runs commands on it. */
export interface CommandDevice {
  readonly heap: Heap;
  /** Bytes of the memory that have ever been handed out, with all gaps. */
  readonly memoryBytes: number;
  /** Runs one kernel, and returns when it is done. */
  run(call: KernelCall): void;
  /** Runs a list, and returns when all of it is done. */
  runList(list: CommandList): void;
  /** Writes calls to the memory as a list, which is the caller's to free by its address. */
  writeList(calls: readonly KernelCall[]): CommandList;
  /** The values at an address in place; they hold until the next allocation. */
  valuesAt(address: number, length: number, kind: 'float32' | 'int32'): MemoryValues;
}
