/** An adaptive binary range coder, after LZMA's: each bit costs as little as its context makes it likely. */

const topValue = 2 ** 24;
const probabilityBits = 12;
/** A context adapts at two rates; the mean of both follows changes and stays precise. */
const fastShift = 4;
const slowShift = 7;
const half = 2 ** 15;

/** The probabilities of bits, one for each context, as two 16-bit numbers. Encoder and decoder begin with equal ones. */
export class BitContexts {
  private readonly fast: Uint16Array;
  private readonly slow: Uint16Array;

  constructor(count: number) {
    this.fast = new Uint16Array(count).fill(half);
    this.slow = new Uint16Array(count).fill(half);
  }

  /** Probability of a 0 as a number of 12 bits, never 0 nor 4096. */
  ofZero(context: number): number {
    const mean = (this.fast[context] + this.slow[context]) >>> (17 - probabilityBits);
    return Math.min(2 ** probabilityBits - 1, Math.max(1, mean));
  }

  update(context: number, bit: number): void {
    const target = bit === 0 ? 65_535 : 0;
    this.fast[context] += (target - this.fast[context]) >> fastShift;
    this.slow[context] += (target - this.slow[context]) >> slowShift;
  }
}

export class RangeEncoder {
  private readonly bytes: number[] = [];
  private low = 0;
  private range = 2 ** 32 - 1;
  private cache = 0;
  private pending = 1;

  bit(contexts: BitContexts, context: number, bit: number): void {
    const bound = (this.range >>> probabilityBits) * contexts.ofZero(context);
    if (bit === 0) this.range = bound;
    else {
      // At most 2^33, which a float64 holds exactly.
      this.low += bound;
      this.range -= bound;
    }
    contexts.update(context, bit);
    while (this.range < topValue) {
      this.range = (this.range * 256) >>> 0;
      this.shift();
    }
  }

  /** Ends the code and returns its bytes. */
  finish(): Uint8Array {
    for (let i = 0; i < 5; i++) this.shift();
    return Uint8Array.from(this.bytes);
  }

  /** Moves the top byte out, once no carry can change it. */
  private shift(): void {
    const carry = this.low >= 2 ** 32 ? 1 : 0;
    const low = this.low % 2 ** 32;
    if (low < 0xff000000 || carry === 1) {
      for (; this.pending > 0; this.pending--) {
        this.bytes.push((this.cache + carry) & 255);
        this.cache = 255;
      }
      this.cache = low >>> 24;
    }
    this.pending += 1;
    this.low = (low * 256) % 2 ** 32;
  }
}

export class RangeDecoder {
  private at = 1;
  private range = 2 ** 32 - 1;
  private code = 0;

  /**
   * @param bytes of `RangeEncoder.finish`
   * @throws RangeError if there are fewer than every code has
   */
  constructor(private readonly bytes: Uint8Array) {
    if (bytes.length < 5) throw new RangeError('The code is cut off.');
    for (let i = 0; i < 4; i++) this.code = (this.code * 256 + this.next()) >>> 0;
  }

  /** @throws RangeError if the code is cut off */
  bit(contexts: BitContexts, context: number): number {
    const bound = (this.range >>> probabilityBits) * contexts.ofZero(context);
    const bit = this.code < bound ? 0 : 1;
    if (bit === 0) this.range = bound;
    else {
      this.code -= bound;
      this.range -= bound;
    }
    contexts.update(context, bit);
    while (this.range < topValue) {
      this.range = (this.range * 256) >>> 0;
      this.code = (this.code * 256 + this.next()) >>> 0;
    }
    return bit;
  }

  private next(): number {
    if (this.at >= this.bytes.length) throw new RangeError('The code is cut off.');
    return this.bytes[this.at++];
  }
}

/** Writes or reads one bit: given a bit, an encoder writes it; a decoder ignores it. Both return the bit. */
export type CodeBit = (contexts: BitContexts, context: number, bit: number) => number;

/** Codes with an encoder. */
export const encodeWith =
  (encoder: RangeEncoder): CodeBit =>
  (contexts, context, bit) => {
    encoder.bit(contexts, context, bit);
    return bit;
  };

/** Codes with a decoder. */
export const decodeWith =
  (decoder: RangeDecoder): CodeBit =>
  (contexts, context) =>
    decoder.bit(contexts, context);

/**
 * Codes a number of a few bits, the highest first; each bit has a context of its own behind the bits before it.
 * @param first the first of 2^bits contexts
 * @param value ignored by a decoder
 */
export const codeTree = (
  code: CodeBit,
  contexts: BitContexts,
  first: number,
  bits: number,
  value: number,
): number => {
  let node = 1;
  for (let place = bits - 1; place >= 0; place--)
    node = 2 * node + code(contexts, first + node, (value >>> place) & 1);
  return node - 2 ** bits;
};

/** Numbers below this are coded one by one, because small ones are likely. */
const mostUnary = 24;
const byteBits = 8;

/** Contexts that `codeNumber` needs. */
export const numberContexts = mostUnary + 2 ** byteBits;

/**
 * Codes a number of 0 to 255 that is probably small.
 * @param first the first of `numberContexts` contexts
 * @param value ignored by a decoder
 */
export const codeNumber = (code: CodeBit, contexts: BitContexts, first: number, value: number): number => {
  for (let number = 0; number < mostUnary; number++)
    if (code(contexts, first + number, value === number ? 0 : 1) === 0) return number;
  return codeTree(code, contexts, first + mostUnary, byteBits, value);
};
