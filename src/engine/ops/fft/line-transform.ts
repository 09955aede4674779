/**
 * One complex line transformed by the processor, in float64 and in place: radix 4 over a line that is loaded in
 * bit-reversed order, with one radix-2 pass in front where the length is an odd power of two. 4.25 L log2 L operations.
 */

/** Tables of a length. */
export interface LineTables {
  readonly length: number;
  /** Where point i of the line must be put before the transform: its index with the bits reversed. */
  readonly reversed: Uint16Array;
  /** For every radix-4 pass after the first, and each k below its span s: exp(-2 pi i k q / 4s), q = 1..3, as pairs. */
  readonly twiddles: Float64Array;
}

const tablesByLength = new Map<number, LineTables>();

const isOddPower = (length: number): boolean => Math.log2(length) % 2 === 1;

/** The tables of a length that is a power of two from 4 to 32768; made once. */
export const lineTablesOf = (length: number): LineTables => {
  const known = tablesByLength.get(length);
  if (known) return known;
  const reversed = new Uint16Array(length);
  for (let i = 1; i < length; i++) reversed[i] = (reversed[i >> 1] >> 1) | (i & 1 ? length >> 1 : 0);
  const twiddles: number[] = [];
  for (let span = isOddPower(length) ? 2 : 4; span < length; span *= 4) {
    for (let k = 0; k < span; k++) {
      for (let q = 1; q < 4; q++) {
        const angle = (-2 * Math.PI * k * q) / (4 * span);
        twiddles.push(Math.cos(angle), Math.sin(angle));
      }
    }
  }
  const tables = { length, reversed, twiddles: Float64Array.from(twiddles) };
  tablesByLength.set(length, tables);
  return tables;
};

const firstPassOfTwo = (real: Float64Array, imaginary: Float64Array): void => {
  for (let i = 0; i < real.length; i += 2) {
    const [re, im] = [real[i + 1], imaginary[i + 1]];
    real[i + 1] = real[i] - re;
    imaginary[i + 1] = imaginary[i] - im;
    real[i] += re;
    imaginary[i] += im;
  }
};

const firstPassOfFour = (real: Float64Array, imaginary: Float64Array): void => {
  for (let i = 0; i < real.length; i += 4) {
    const sumRe = real[i] + real[i + 1];
    const sumIm = imaginary[i] + imaginary[i + 1];
    const differenceRe = real[i] - real[i + 1];
    const differenceIm = imaginary[i] - imaginary[i + 1];
    const otherSumRe = real[i + 2] + real[i + 3];
    const otherSumIm = imaginary[i + 2] + imaginary[i + 3];
    const otherDifferenceRe = real[i + 2] - real[i + 3];
    const otherDifferenceIm = imaginary[i + 2] - imaginary[i + 3];
    real[i] = sumRe + otherSumRe;
    imaginary[i] = sumIm + otherSumIm;
    real[i + 1] = differenceRe + otherDifferenceIm;
    imaginary[i + 1] = differenceIm - otherDifferenceRe;
    real[i + 2] = sumRe - otherSumRe;
    imaginary[i + 2] = sumIm - otherSumIm;
    real[i + 3] = differenceRe - otherDifferenceIm;
    imaginary[i + 3] = differenceIm + otherDifferenceRe;
  }
};

/**
 * Forward transform exp(-2 pi i ...), unnormalised. The inverse, unnormalised too, is the same call with the two planes
 * exchanged.
 * @param real the line's real parts in bit-reversed order; receives those of the transform in natural order
 * @param imaginary likewise
 */
export const transformLine = (
  { length, twiddles }: LineTables,
  real: Float64Array,
  imaginary: Float64Array,
): void => {
  if (isOddPower(length)) firstPassOfTwo(real, imaginary);
  else firstPassOfFour(real, imaginary);
  let passStart = 0;
  for (let span = isOddPower(length) ? 2 : 4; span < length; span *= 4) {
    for (let block = 0; block < length; block += 4 * span) {
      let t = passStart;
      for (let i0 = block; i0 < block + span; i0++, t += 6) {
        const i1 = i0 + span;
        const i2 = i1 + span;
        const i3 = i2 + span;
        // In bit-reversed order the four sub-transforms are those of the points 0, 2, 1 and 3 modulo 4.
        const re1 = real[i1] * twiddles[t + 2] - imaginary[i1] * twiddles[t + 3];
        const im1 = real[i1] * twiddles[t + 3] + imaginary[i1] * twiddles[t + 2];
        const re2 = real[i2] * twiddles[t] - imaginary[i2] * twiddles[t + 1];
        const im2 = real[i2] * twiddles[t + 1] + imaginary[i2] * twiddles[t];
        const re3 = real[i3] * twiddles[t + 4] - imaginary[i3] * twiddles[t + 5];
        const im3 = real[i3] * twiddles[t + 5] + imaginary[i3] * twiddles[t + 4];
        const sumRe = real[i0] + re1;
        const sumIm = imaginary[i0] + im1;
        const differenceRe = real[i0] - re1;
        const differenceIm = imaginary[i0] - im1;
        const otherSumRe = re2 + re3;
        const otherSumIm = im2 + im3;
        const otherDifferenceRe = re2 - re3;
        const otherDifferenceIm = im2 - im3;
        real[i0] = sumRe + otherSumRe;
        imaginary[i0] = sumIm + otherSumIm;
        real[i1] = differenceRe + otherDifferenceIm;
        imaginary[i1] = differenceIm - otherDifferenceRe;
        real[i2] = sumRe - otherSumRe;
        imaginary[i2] = sumIm - otherSumIm;
        real[i3] = differenceRe - otherDifferenceIm;
        imaginary[i3] = differenceIm + otherDifferenceRe;
      }
    }
    passStart += 6 * span;
  }
};
