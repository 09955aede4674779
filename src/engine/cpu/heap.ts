/** Hands out pieces of a memory: first fit by address, and neighbors that are free become one. */

/** What every piece begins at a multiple of: a cache line, so that two threads never write to one. */
export const alignmentBytes = 64;

interface FreePiece {
  address: number;
  bytes: number;
}

const aligned = (bytes: number): number =>
  Math.max(alignmentBytes, Math.ceil(bytes / alignmentBytes) * alignmentBytes);

/** Pieces of one memory. It knows addresses only, so that the same code plans memory that does not exist. */
export class Heap {
  private readonly free: FreePiece[] = [];
  private readonly sizes = new Map<number, number>();
  private used = 0;
  private mostUsed = 0;
  private largest = 0;

  /** @param extend gives a new piece of at least so many bytes, from wherever the memory comes */
  constructor(private readonly extend: (bytes: number) => number) {}

  /** Bytes of all pieces in use. */
  get usedBytes(): number {
    return this.used;
  }

  /** The most bytes that were ever in use at once. */
  get peakBytes(): number {
    return this.mostUsed;
  }

  /** The largest piece that was ever handed out. */
  get largestBytes(): number {
    return this.largest;
  }

  /** Number of pieces in use. */
  get pieces(): number {
    return this.sizes.size;
  }

  /**
   * A piece of at least so many bytes, with whatever was in it before.
   * @returns its address
   * @throws whatever `extend` throws
   */
  allocate(bytes: number): number {
    const size = aligned(bytes);
    let index = this.free.findIndex((piece) => piece.bytes >= size);
    if (index < 0) {
      this.insert(this.extend(size), size);
      index = this.free.findIndex((piece) => piece.bytes >= size);
    }
    const piece = this.free[index]!;
    const { address } = piece;
    piece.address += size;
    piece.bytes -= size;
    if (piece.bytes === 0) this.free.splice(index, 1);
    this.sizes.set(address, size);
    this.used += size;
    this.mostUsed = Math.max(this.mostUsed, this.used);
    this.largest = Math.max(this.largest, size);
    return address;
  }

  /**
   * Gives a piece back.
   * @throws RangeError for an address that is not in use
   */
  release(address: number): void {
    const bytes = this.sizes.get(address);
    if (bytes === undefined) throw new RangeError(`No piece of memory in use begins at ${address}.`);
    this.sizes.delete(address);
    this.used -= bytes;
    this.insert(address, bytes);
  }

  /** Whether a piece that is in use begins here. */
  holds(address: number): boolean {
    return this.sizes.has(address);
  }

  /** Forgets all memory, which is somebody else's from now on. */
  forget(): void {
    this.free.length = 0;
    this.sizes.clear();
    this.used = 0;
  }

  private insert(address: number, bytes: number): void {
    let index = this.free.findIndex((piece) => piece.address > address);
    if (index < 0) index = this.free.length;
    const before = this.free[index - 1];
    const after = this.free[index];
    const joinsAfter = after !== undefined && address + bytes === after.address;
    if (before && before.address + before.bytes === address) {
      before.bytes += bytes;
      if (joinsAfter) {
        before.bytes += after.bytes;
        this.free.splice(index, 1);
      }
    } else if (joinsAfter) {
      after.address = address;
      after.bytes += bytes;
    } else this.free.splice(index, 0, { address, bytes });
  }
}
