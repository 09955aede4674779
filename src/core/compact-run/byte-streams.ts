/** Bytes written and read in one order, without lengths in between. */

/** Collects byte arrays. */
export class ByteWriter {
  private readonly parts: Uint8Array[] = [];

  add(bytes: Uint8Array): void {
    this.parts.push(bytes);
  }

  /** All bytes, in a new array. */
  joined(): Uint8Array {
    const all = new Uint8Array(this.parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/** Reads byte arrays back, in the order in which they were written. */
export class ByteReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /**
   * The next bytes, in a new array.
   * @throws RangeError if there are fewer
   */
  take(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.bytes.length)
      throw new RangeError(`${end} bytes are needed, and ${this.bytes.length} exist.`);
    // A copy at the start of a buffer of its own, also of a `Buffer` of Node, whose `slice` is a view.
    const taken = new Uint8Array(this.bytes.subarray(this.at, end));
    this.at = end;
    return taken;
  }

  /** All bytes that are left, in a new array. */
  rest(): Uint8Array {
    return this.take(this.bytes.length - this.at);
  }
}
