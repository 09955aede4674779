/** Allocates pieces of a memory at the lowest address that fits, and merges neighboring free pieces. */

/** Alignment of every piece: the size of a cache line, so two threads never share one. */
export const alignmentBytes = 64;

interface FreePiece {
  address: number;
  bytes: number;
}

const aligned = (bytes: number): number =>
  Math.max(alignmentBytes, Math.ceil(bytes / alignmentBytes) * alignmentBytes);

/**
 * The pieces of one memory. A heap handles only addresses, so it can also plan memory that does not exist.
 */
export class Heap {
  private readonly free: FreePiece[] = [];
  private readonly sizes = new Map<number, number>();
  private used = 0;
  private mostUsed = 0;
  private largest = 0;

  /** @param extend adds at least this many bytes of memory and returns their address */
  constructor(private readonly extend: (bytes: number) => number) {}

  /** Total bytes of the pieces in use. */
  get usedBytes(): number {
    return this.used;
  }

  /** The most bytes ever in use at once. */
  get peakBytes(): number {
    return this.mostUsed;
  }

  /** The largest piece ever allocated. */
  get largestBytes(): number {
    return this.largest;
  }

  /** Number of pieces in use. */
  get pieces(): number {
    return this.sizes.size;
  }

  /**
   * Allocates a piece of at least this many bytes. Its contents are undefined.
   * @returns its address
   * @throws the errors of `extend`
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
   * Frees a piece.
   * @throws RangeError for an address that is not in use
   */
  release(address: number): void {
    const bytes = this.sizes.get(address);
    if (bytes === undefined) throw new RangeError(`No piece of memory in use begins at ${address}.`);
    this.sizes.delete(address);
    this.used -= bytes;
    this.insert(address, bytes);
  }

  /** Whether a piece in use begins at this address. */
  holds(address: number): boolean {
    return this.sizes.has(address);
  }

  /** Forgets all pieces; the memory returns to its owner. */
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
