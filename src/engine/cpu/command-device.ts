/** The interface through which a backend uses a processor, whether that processor computes or only plans. */
import type { Heap } from './heap.ts';

/** One call of a kernel. */
export interface KernelCall {
  /** From `kernel-numbers.ts`. */
  readonly kernel: number;
  /**
   * The kernel's arguments, in the order that it expects: addresses, whole numbers, and floats converted by
   * `floatWord`.
   */
  readonly words: readonly number[];
  /** Number of independent pieces of work. It depends only on the shapes. */
  readonly chunks: number;
}

/** A list of commands in the memory, ready to run. */
export interface CommandList {
  readonly address: number;
  readonly commands: number;
}

/** Values in the memory, four bytes each. */
export type MemoryValues = Float32Array | Int32Array;

/** One memory, and a device that runs commands on it. */
export interface CommandDevice {
  readonly heap: Heap;
  /** Size of the memory, in bytes, up to the highest byte that was ever allocated, gaps included. */
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
