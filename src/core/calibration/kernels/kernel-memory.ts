/**
 * The compiled kernels of calibration and the one memory that they work in, a pair a thread. One user at a time has the
 * memory to itself: whoever needs it next makes the one before save what it cannot compute again. So memory is bounded by
 * the largest user, however many there were, and users may take turns.
 */
import kernelBytes from './kernels.assembly.ts?wasm-bytes';

/** The module's exports; arguments are addresses and counts. */
export interface CalibrationKernels {
  /** The planes of a `Residual`. */
  takeResidual(residual: number): void;
  /** The spectrum of a plane, of `Transform`. */
  transformPlane(transform: number, plane: number): void;
  /** One `Band` of the last spectrum as a plane. */
  writeBand(transform: number, band: number, plane: number): void;
  /** target -= a number, and then each of `count` planes that follow each other. */
  subtractPlanes(
    target: number,
    constant: number,
    first: number,
    planeBytes: number,
    count: number,
    bytes: number,
  ): void;
  /** Adds the images of an `Update`. */
  updateStatistics(update: number): void;
  /** Factorises the matrices of groups in place; the rows of means before each are left alone. */
  factorise(values: number, groups: number, components: number): void;
  /** Writes the maps of `Distances`. */
  writeDistances(distances: number): void;
}

/** Whoever has the memory to itself for a while. */
export interface MemoryUser {
  /** First byte behind everything that it uses. */
  readonly end: number;
  /** Puts in place what it needs; nothing of it lies there. */
  moveIn(memory: KernelMemory): void;
  /** Saves what would be lost. */
  moveOut(): void;
}

const pageBytes = 65_536;
/** 1 GiB, of which addresses are taken and no memory; a calibration in bands at side 512 takes 250 MB. */
const mostPages = 16_384;

/** What kernels write between their steps: nobody's for longer than one call. The module's own page is the one before. */
export const scratch = { address: 2 * pageBytes, bytes: 8 * pageBytes } as const;

/** First byte of what users have for themselves. */
export const firstFreeByte: number = scratch.address + scratch.bytes;

/** Kernels in their memory. */
export class KernelMemory {
  private readonly memory = new WebAssembly.Memory({
    initial: firstFreeByte / pageBytes,
    maximum: mostPages,
    shared: true,
  });
  readonly kernels: CalibrationKernels;
  private user: MemoryUser | undefined;

  constructor() {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(kernelBytes), {
      env: { memory: this.memory },
    });
    this.kernels = instance.exports as unknown as CalibrationKernels;
  }

  /** Bytes that the memory has grown to. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * Gives the memory to a user, until the next one asks for it.
   * @throws RangeError where there is not enough memory
   */
  giveTo(user: MemoryUser): CalibrationKernels {
    if (this.user === user) return this.kernels;
    this.user?.moveOut();
    this.user = undefined;
    const missing = user.end - this.bytes;
    if (missing > 0) this.memory.grow(Math.ceil(missing / pageBytes));
    user.moveIn(this);
    this.user = user;
    return this.kernels;
  }

  /** Leaves the memory without a user, whose data are no longer wanted. */
  takeFrom(user: MemoryUser): void {
    if (this.user === user) this.user = undefined;
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
