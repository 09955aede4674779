/** A processor without memory. It counts the bytes that some work would need. */
import type { CommandDevice, CommandList, KernelCall, MemoryValues } from './command-device.ts';
import { Heap } from './heap.ts';
import { firstHeapByte } from './memory-map.ts';
import { listBytes, scratchBytes } from './processor.ts';

/** Allocates addresses as `Processor` does, but computes nothing. */
export class PlannedProcessor implements CommandDevice {
  private end = firstHeapByte;
  readonly heap = new Heap((bytes) => {
    this.end += bytes;
    return this.end - bytes;
  });

  /** @param threads number of threads to plan for; each has scratch memory */
  constructor(threads: number) {
    for (let thread = 0; thread < threads; thread++) this.heap.allocate(scratchBytes);
  }

  get memoryBytes(): number {
    return this.end;
  }

  run(): void {}

  runList(): void {}

  writeList(calls: readonly KernelCall[]): CommandList {
    return { address: this.heap.allocate(listBytes(calls)), commands: calls.length };
  }

  /** Zeros that belong to no tensor: writing them has no effect. */
  valuesAt(_address: number, length: number, kind: 'float32' | 'int32'): MemoryValues {
    return kind === 'float32' ? new Float32Array(length) : new Int32Array(length);
  }
}
