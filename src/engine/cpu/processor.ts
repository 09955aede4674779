/**
 * The processor as a device: one memory, the kernels on it, and the threads that run them. Commands call
 * kernels. Commands run one after the other, and the threads share the chunks of each command.
 */
import type { CommandDevice, CommandList, KernelCall, MemoryValues } from './command-device.ts';
import { Heap } from './heap.ts';
import { instantiate } from './kernel-module.ts';
import kernelBytes from './kernels.assembly.ts?wasm-bytes';
import { controlWords, firstHeapByte, immediate, wordBytes, wordsOfCommand } from './memory-map.ts';
import type { ThreadSetup } from './thread-work.ts';

export type { CommandList, KernelCall } from './command-device.ts';

const pageBytes = 65_536;
const mostPages = 65_536;
const firstPages = 64;

/** Private memory of each thread, for packed panels of a convolution or lines of a transform. */
export const scratchBytes = 1 << 20;

const converter = new DataView(new ArrayBuffer(wordBytes));

/** Returns the word that holds the bits of a float32 argument. */
export const floatWord = (value: number): number => {
  converter.setFloat32(0, value, true);
  return converter.getInt32(0, true);
};

/** Bytes that a list of these calls needs. */
export const listBytes = (calls: readonly KernelCall[]): number =>
  calls.reduce((sum, { words }) => sum + wordsOfCommand + words.length, 0) * wordBytes;

/** One memory with its kernels. The owner's thread and the added threads run them. */
export class Processor implements CommandDevice {
  readonly memory = new WebAssembly.Memory({ initial: firstPages, maximum: mostPages, shared: true });
  private readonly module = new WebAssembly.Module(kernelBytes);
  readonly heap = new Heap((bytes) => this.extend(bytes));
  private readonly kernels = instantiate(this.module, this.memory);
  private end = firstHeapByte;
  private readonly scratch = this.heap.allocate(scratchBytes);
  /** Number of threads that have been set up, including the owner's. */
  private setUp = 1;
  private threadCount = 1;
  private floatView = new Float32Array(this.memory.buffer);
  private wordView = new Int32Array(this.memory.buffer);

  /** Number of threads that run kernels, including the owner's. */
  get threads(): number {
    return this.threadCount;
  }

  /** Returns the setup of one more thread for this memory. The thread joins once `runOnThreads` counts it. */
  threadSetup(): ThreadSetup {
    const { module, memory } = this;
    const started = Atomics.load(this.words, controlWords.address / wordBytes + controlWords.start);
    return { module, memory, started, index: this.setUp++, scratch: this.heap.allocate(scratchBytes) };
  }

  /** Sets the number of threads for the next lists, at most the number that serve this memory. */
  runOnThreads(count: number): void {
    this.threadCount = count;
  }

  get memoryBytes(): number {
    return this.end;
  }

  /** The whole memory as floats, valid until the next allocation. */
  get floats(): Float32Array {
    if (this.floatView.buffer !== this.memory.buffer) this.floatView = new Float32Array(this.memory.buffer);
    return this.floatView;
  }

  /** The whole memory as words, valid until the next allocation. */
  get words(): Int32Array {
    if (this.wordView.buffer !== this.memory.buffer) this.wordView = new Int32Array(this.memory.buffer);
    return this.wordView;
  }

  valuesAt(address: number, length: number, kind: 'float32' | 'int32'): MemoryValues {
    const all = kind === 'float32' ? this.floats : this.words;
    return all.subarray(address / wordBytes, address / wordBytes + length);
  }

  /** A view of floats, valid until the next allocation. */
  floatsAt(address: number, length: number): Float32Array {
    return this.floats.subarray(address / wordBytes, address / wordBytes + length);
  }

  run(call: KernelCall): void {
    if (call.words.length > immediate.mostWords) {
      throw new RangeError(`A kernel takes at most ${immediate.mostWords} words, got ${call.words.length}.`);
    }
    this.words.set(call.words, immediate.argumentsAddress / wordBytes);
    this.writeCommand(immediate.commandAddress, call, immediate.argumentsAddress);
    this.runList({ address: immediate.commandAddress, commands: 1 });
  }

  runList({ address, commands }: CommandList): void {
    this.kernels.runList(controlWords.address, address, commands, this.threadCount, this.scratch);
  }

  writeList(calls: readonly KernelCall[]): CommandList {
    const address = this.heap.allocate(listBytes(calls));
    let argumentsAddress = address + calls.length * wordsOfCommand * wordBytes;
    calls.forEach((call, index) => {
      this.words.set(call.words, argumentsAddress / wordBytes);
      this.writeCommand(address + index * wordsOfCommand * wordBytes, call, argumentsAddress);
      argumentsAddress += call.words.length * wordBytes;
    });
    return { address, commands: calls.length };
  }

  private writeCommand(address: number, { kernel, chunks }: KernelCall, argumentsAddress: number): void {
    this.words.set([kernel, argumentsAddress, chunks, 0], address / wordBytes);
  }

  private extend(bytes: number): number {
    const address = this.end;
    const missing = address + bytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / pageBytes));
    this.end += bytes;
    return address;
  }
}
