/** The interface of the processor that a backend uses, whether it computes or only plans. */
import type { Heap } from './heap.ts';

/** One call of a kernel. */
export interface KernelCall {
  /** From `kernel-numbers.ts`. */
  readonly kernel: number;
  /** The kernel's arguments in its order: addresses, whole numbers, and floats by `floatWord`. */
  readonly words: readonly number[];
  /** Independent pieces of work. Their number follows from the shapes alone. */
  readonly chunks: number;
}

/** Commands in the memory, ready to run. */
export interface CommandList {
  readonly address: number;
  readonly commands: number;
}

/** Values in the memory, four bytes each. */
export type MemoryValues = Float32Array | Int32Array;

/** One memory, and a device that runs commands on it. */
export interface CommandDevice {
  readonly heap: Heap;
  /** Bytes of the memory up to the last that was ever allocated, gaps included. */
  readonly memoryBytes: number;
  /** Runs one kernel; returns when it has finished. */
  run(call: KernelCall): void;
  /** Runs a list; returns when all its commands have finished. */
  runList(list: CommandList): void;
  /** Writes calls to the memory as a list. The caller frees it by its address. */
  writeList(calls: readonly KernelCall[]): CommandList;
  /** A view of the values at an address, valid until the next allocation. */
  valuesAt(address: number, length: number, kind: 'float32' | 'int32'): MemoryValues;
}
