/**
 * The compiled calibration kernels and their memory, one pair per thread. One user at a time owns the memory; the next user
 * makes the previous one save the values that it cannot recompute. So memory is bounded by the largest user, for any number
 * of users, and users can alternate.
 */
import kernelBytes from './kernels.assembly.ts?wasm-bytes';

/** The module's exports; arguments are addresses and counts. */
interface CalibrationKernels {
  /** Computes the planes of a `Residual`. */
  takeResidual(residual: number): void;
  /** Factorizes the matrices of groups in place; the rows of means before each stay unchanged. */
  factorize(values: number, groups: number, components: number): void;
  /** Runs all chunks of some work, together with the other thread if there is one. */
  share(work: number, kernel: number, address: number, chunks: number, scratch: number): void;
}

/** Kernels whose chunks threads share; must equal the numbers in `share-work.assembly.ts`. */
export const sharedKernels = { split: 0, update: 1, distances: 2 } as const;

/** The setup of a second thread. */
export interface ThreadSetup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the words for communication between threads, and the index of the word that reports a failure. */
  readonly work: number;
  readonly failedWord: number;
  /** Address of this thread's private memory. */
  readonly scratch: number;
}

/** A user that owns the memory for a while. */
export interface MemoryUser {
  /** First byte after its data. */
  readonly end: number;
  /** Writes its data to the memory, which holds none of them yet. */
  moveIn(memory: KernelMemory): void;
  /** Saves the data that the next user would overwrite. */
  moveOut(memory: KernelMemory): void;
}

const pageBytes = 65_536;
/** Reserves 1 GiB of address space, not of memory; a calibration in bands at side 512 needs 250 MB. */
const mostPages = 16_384;

/** Maximum number of threads that share the work; the rest of the machine stays free for other work. */
export const mostThreads = 2;

/** Temporary memory of the kernels, valid within one call; each thread has half of it. */
export const scratch = { address: 2 * pageBytes, bytes: 8 * pageBytes } as const;

/** Address of the words for communication between threads; their page holds nothing else. */
const work = { address: 1024, failedWord: 3 } as const;

/** First byte that users can own. */
export const firstFreeByte: number = scratch.address + scratch.bytes;

/** The kernels and their memory. */
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

  /** The setup of the second thread. It may join at any time: no result depends on it. */
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

  /** Current size of the memory in bytes. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * Gives the memory to a user until the next one requests it.
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

  /** Releases the memory of a user whose data are no longer needed. */
  takeFrom(user: MemoryUser): void {
    if (this.user === user) this.user = undefined;
  }

  /**
   * Runs some work of the user.
   * @param kernel one of `sharedKernels`
   * @param address of its arguments
   * @throws WebAssembly.RuntimeError if the other thread has failed
   */
  share(kernel: number, address: number, chunks: number): void {
    this.kernels.share(work.address, kernel, address, chunks, scratch.address);
  }

  /** Computes the residual that a `Residual` describes. */
  takeResidual(residual: number): void {
    this.kernels.takeResidual(residual);
  }

  /** Factorizes the matrices of groups in the scratch memory; the rows of means before each stay unchanged. */
  factorize(groups: number, components: number): void {
    this.kernels.factorize(scratch.address, groups, components);
  }

  /** A view of float64 values, valid while the user owns the memory. */
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

/** This thread's memory, created on first use: compiling the module takes some milliseconds. */
export const kernelMemory = (): KernelMemory => {
  ofThread ??= new KernelMemory();
  return ofThread;
};
