/** Models tfjs's pool of GPU buffers using only their sizes. */

/** A buffer that exists only as a size. */
export interface PlannedBuffer {
  readonly bytes: number;
}

/**
 * As in tfjs, a released buffer waits for a request of exactly its size, until `giveBack` frees all waiting
 * buffers.
 */
export class PlannedBufferPool {
  private readonly freeBySize = new Map<number, number>();
  private allocated = 0;
  private largest = 0;

  /** Bytes of all buffers, free ones included. */
  get allocatedBytes(): number {
    return this.allocated;
  }

  /** The largest single buffer. */
  get largestBytes(): number {
    return this.largest;
  }

  acquire(bytes: number): PlannedBuffer {
    const free = this.freeBySize.get(bytes) ?? 0;
    if (free > 0) this.freeBySize.set(bytes, free - 1);
    else this.allocated += bytes;
    this.largest = Math.max(this.largest, bytes);
    return { bytes };
  }

  /** Frees the waiting buffers. */
  giveBack(): void {
    for (const [bytes, count] of this.freeBySize) this.allocated -= bytes * count;
    this.freeBySize.clear();
  }

  release({ bytes }: PlannedBuffer): void {
    this.freeBySize.set(bytes, (this.freeBySize.get(bytes) ?? 0) + 1);
  }
}
