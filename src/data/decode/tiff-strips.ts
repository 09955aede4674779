/** The length to which a compressed strip of a TIFF expands, found before a decoder reserves memory for it. */
import { Unzlib } from 'fflate';

const clearCode = 256;
const endCode = 257;
const firstFree = 258;
const mostCodes = 4096;
const leastBits = 9;

/** Reads codes of 9 to 12 bits, the highest bit first. */
const lzwCodes = (bytes: Uint8Array): ((bits: number) => number) => {
  let at = 0;
  return (bits) => {
    if (at + bits > bytes.length * 8) return endCode;
    let code = 0;
    for (let bit = 0; bit < bits; bit++, at++) code = (code << 1) | ((bytes[at >> 3] >> (7 - (at & 7))) & 1);
    return code;
  };
};

/** The bits of the next code: one more, one code early, as TIFF has it. */
const bitsFor = (next: number): number =>
  next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : leastBits;

/**
 * Returns the number of bytes to which an LZW strip expands; some number above `most` if that is more.
 * It needs no memory for the bytes themselves.
 */
export const lzwLength = (bytes: Uint8Array, most: number): number => {
  const lengths = new Uint32Array(mostCodes + 1).fill(1, 0, clearCode);
  const read = lzwCodes(bytes);
  let next = firstFree;
  let before = 0;
  let total = 0;
  while (total <= most && next <= mostCodes) {
    const code = read(bitsFor(next));
    if (code === endCode) break;
    if (code === clearCode) {
      next = firstFree;
      before = 0;
      continue;
    }
    // A code that is not in the table yet is the string before it with one more byte.
    const length = code < next ? lengths[code] : before + 1;
    if (before > 0) lengths[next++] = before + 1;
    total += length;
    before = length;
  }
  return total;
};

const pieceBytes = 16_384;

/** The same for a deflated strip. @throws Error if the data are damaged */
export const deflatedLength = (bytes: Uint8Array, most: number): number => {
  let total = 0;
  const inflate = new Unzlib((chunk) => {
    total += chunk.length;
  });
  for (let at = 0; at < bytes.length && total <= most; at += pieceBytes) {
    inflate.push(bytes.subarray(at, at + pieceBytes), at + pieceBytes >= bytes.length);
  }
  return total;
};
