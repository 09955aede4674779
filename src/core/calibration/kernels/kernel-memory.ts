/**
 * The compiled kernels of calibration and the one memory that they work in, a pair a thread. One user at a time has the
 * memory to itself: the next user makes the one before save the values that it cannot compute again. So memory is bounded by
 * the largest user, however many there were, and users may take turns.
 */
import kernelBytes from './kernels.assembly.ts?wasm-bytes';

/** The module's exports; arguments are addresses and counts. */
interface CalibrationKernels {
  /** The planes of a `Residual`. */
  takeResidual(residual: number): void;
  /** Factorizes the matrices of groups in place; the rows of means before each are left alone. */
  factorize(values: number, groups: number, components: number): void;
  /** Does all chunks of a piece of work, with the other thread if there is one. */
  share(work: number, kernel: number, address: number, chunks: number, scratch: number): void;
}

/** Kernels whose chunks threads share; `share-work.assembly.ts` has the same numbers. */
export const sharedKernels = { split: 0, update: 1, distances: 2 } as const;

/** What a second thread needs to take part in the work. */
export interface ThreadSetup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of what the threads tell each other, and the index of the word that says that one has failed. */
  readonly work: number;
  readonly failedWord: number;
  /** Address of memory for that thread alone. */
  readonly scratch: number;
}

/** Whoever has the memory to itself for a while. */
export interface MemoryUser {
  /** First byte behind everything that it uses. */
  readonly end: number;
  /** Puts in place what it needs; nothing of it lies there. */
  moveIn(memory: KernelMemory): void;
  /** Saves what would be lost. */
  moveOut(memory: KernelMemory): void;
}

const pageBytes = 65_536;
/** 1 GiB, of which addresses are taken and no memory; a calibration in bands at side 512 takes 250 MB. */
const mostPages = 16_384;

/** Threads that share the work, at most: the machine has other things to do. */
export const mostThreads = 2;

/** What kernels write between their steps: nobody's for longer than one call, and half of it each thread's. */
export const scratch = { address: 2 * pageBytes, bytes: 8 * pageBytes } as const;

/** What threads tell each other lies in the page that is otherwise empty. */
const work = { address: 1024, failedWord: 3 } as const;

/** First byte of what users have for themselves. */
export const firstFreeByte: number = scratch.address + scratch.bytes;

/** Kernels in their memory. */
export class KernelMemory {
  private readonly memory = new WebAssembly.Memory({
    initial: firstFreeByte / pageBytes,
    maximum: mostPages,
    shared: true,
  });
  private readonly module = new WebAssembly.Module(kernelBytes);
  private readonly kernels: CalibrationKernels;
  private user: MemoryUser | undefined;

  constructor() {
    const instance = new WebAssembly.Instance(this.module, { env: { memory: this.memory } });
    this.kernels = instance.exports as unknown as CalibrationKernels;
  }

  /** What a second thread needs. There may be one, which takes part from whenever it is ready: no result depends on it. */
  get threadSetup(): ThreadSetup {
    const { module, memory } = this;
    return {
      module,
      memory,
      work: work.address,
      failedWord: work.failedWord,
      scratch: scratch.address + scratch.bytes / mostThreads,
    };
  }

  /** Bytes that the memory has grown to. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * Gives the memory to a user, until the next one asks for it.
   * @throws RangeError if there is not enough memory
   */
  giveTo(user: MemoryUser): void {
    if (this.user === user) return;
    this.user?.moveOut(this);
    this.user = undefined;
    const missing = user.end - this.bytes;
    if (missing > 0) this.memory.grow(Math.ceil(missing / pageBytes));
    user.moveIn(this);
    this.user = user;
  }

  /** Leaves the memory without a user, whose data are no longer wanted. */
  takeFrom(user: MemoryUser): void {
    if (this.user === user) this.user = undefined;
  }

  /**
   * Does a piece of work of the user's.
   * @param kernel of `sharedKernels`
   * @param address of its arguments
   * @throws WebAssembly.RuntimeError if the other thread has failed
   */
  share(kernel: number, address: number, chunks: number): void {
    this.kernels.share(work.address, kernel, address, chunks, scratch.address);
  }

  /** Takes the residual that a `Residual` describes. */
  takeResidual(residual: number): void {
    this.kernels.takeResidual(residual);
  }

  /** Factorizes the matrices of groups in the scratch memory; the rows of means before each are left alone. */
  factorize(groups: number, components: number): void {
    this.kernels.factorize(scratch.address, groups, components);
  }

  /** A view of float64 values; it is the user's while the memory is. */
  floats(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }

  /** A view of float32 values. */
  singles(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  /** A view of addresses and counts. */
  words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, length);
  }

  /** A view of bytes. */
  bytesAt(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }
}

let ofThread: KernelMemory | undefined;

/** This thread's memory, made when it is first asked for: compiling the module takes some milliseconds. */
export const kernelMemory = (): KernelMemory => {
  ofThread ??= new KernelMemory();
  return ofThread;
};
