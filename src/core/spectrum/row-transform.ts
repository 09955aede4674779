/**
 * The fast transform over the row index of a planar complex matrix, in place, float64. The inner loops run along a row, so a
 * butterfly's twiddles are constant in them. Radix 4, with one radix-2 stage if the length needs it.
 */

/** One-dimensional transforms over the first index of [length, width] matrices. */
export interface RowTransform {
  readonly length: number;
  /** Row of each frequency after `forward`, in digit-reversed order, which avoids a reordering. */
  readonly rowOfFrequency: Uint32Array;
  /**
   * Unnormalized forward transform (exponent -2 pi i) of every column.
   * @param real starts with [length, width] row-major, in natural order; overwritten with the spectrum in digit-reversed order
   * @param imaginary likewise
   */
  forward(real: Float64Array, imaginary: Float64Array, width: number): void;
  /** Inverts `forward` without the scale factor: from digit-reversed to natural order, `length` times too large. */
  inverse(real: Float64Array, imaginary: Float64Array, width: number): void;
}

interface Twiddles {
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}

/** One stage, applied to all blocks of `block` rows. It is one function, so all its loops are compiled together. */
type Stage = (
  real: Float64Array,
  imaginary: Float64Array,
  width: number,
  block: number,
  twiddles: Twiddles,
) => void;

/** Radix 4, decimation in frequency: butterflies, then twiddles. */
const forwardFour: Stage = (real, imaginary, width, block, { cosine, sine }) => {
  const length = cosine.length;
  const rows = block / 4;
  const step = rows * width;
  for (let start = 0; start < length; start += block) {
    for (let row = 0; row < rows; row++) {
      const turn = (row * length) / block;
      const c1 = cosine[turn];
      const s1 = sine[turn];
      const c2 = cosine[2 * turn];
      const s2 = sine[2 * turn];
      const c3 = cosine[3 * turn];
      const s3 = sine[3 * turn];
      const first = (start + row) * width;
      for (let a = first; a < first + width; a++) {
        const b = a + step;
        const c = b + step;
        const d = c + step;
        const sumAcReal = real[a] + real[c];
        const sumAcImaginary = imaginary[a] + imaginary[c];
        const gapAcReal = real[a] - real[c];
        const gapAcImaginary = imaginary[a] - imaginary[c];
        const sumBdReal = real[b] + real[d];
        const sumBdImaginary = imaginary[b] + imaginary[d];
        const gapBdReal = real[b] - real[d];
        const gapBdImaginary = imaginary[b] - imaginary[d];
        real[a] = sumAcReal + sumBdReal;
        imaginary[a] = sumAcImaginary + sumBdImaginary;
        const oneReal = gapAcReal + gapBdImaginary;
        const oneImaginary = gapAcImaginary - gapBdReal;
        real[b] = oneReal * c1 - oneImaginary * s1;
        imaginary[b] = oneReal * s1 + oneImaginary * c1;
        const twoReal = sumAcReal - sumBdReal;
        const twoImaginary = sumAcImaginary - sumBdImaginary;
        real[c] = twoReal * c2 - twoImaginary * s2;
        imaginary[c] = twoReal * s2 + twoImaginary * c2;
        const threeReal = gapAcReal - gapBdImaginary;
        const threeImaginary = gapAcImaginary + gapBdReal;
        real[d] = threeReal * c3 - threeImaginary * s3;
        imaginary[d] = threeReal * s3 + threeImaginary * c3;
      }
    }
  }
};

/** Inverts `forwardFour` up to the factor 4: conjugate twiddles, then butterflies. */
const inverseFour: Stage = (real, imaginary, width, block, { cosine, sine }) => {
  const length = cosine.length;
  const rows = block / 4;
  const step = rows * width;
  for (let start = 0; start < length; start += block) {
    for (let row = 0; row < rows; row++) {
      const turn = (row * length) / block;
      const c1 = cosine[turn];
      const s1 = sine[turn];
      const c2 = cosine[2 * turn];
      const s2 = sine[2 * turn];
      const c3 = cosine[3 * turn];
      const s3 = sine[3 * turn];
      const first = (start + row) * width;
      for (let a = first; a < first + width; a++) {
        const b = a + step;
        const c = b + step;
        const d = c + step;
        const oneReal = real[b] * c1 + imaginary[b] * s1;
        const oneImaginary = imaginary[b] * c1 - real[b] * s1;
        const twoReal = real[c] * c2 + imaginary[c] * s2;
        const twoImaginary = imaginary[c] * c2 - real[c] * s2;
        const threeReal = real[d] * c3 + imaginary[d] * s3;
        const threeImaginary = imaginary[d] * c3 - real[d] * s3;
        const sumEvenReal = real[a] + twoReal;
        const sumEvenImaginary = imaginary[a] + twoImaginary;
        const gapEvenReal = real[a] - twoReal;
        const gapEvenImaginary = imaginary[a] - twoImaginary;
        const sumOddReal = oneReal + threeReal;
        const sumOddImaginary = oneImaginary + threeImaginary;
        const gapOddReal = oneReal - threeReal;
        const gapOddImaginary = oneImaginary - threeImaginary;
        real[a] = sumEvenReal + sumOddReal;
        imaginary[a] = sumEvenImaginary + sumOddImaginary;
        real[b] = gapEvenReal - gapOddImaginary;
        imaginary[b] = gapEvenImaginary + gapOddReal;
        real[c] = sumEvenReal - sumOddReal;
        imaginary[c] = sumEvenImaginary - sumOddImaginary;
        real[d] = gapEvenReal + gapOddImaginary;
        imaginary[d] = gapEvenImaginary - gapOddReal;
      }
    }
  }
};

/** Radix 2 without twiddles, used only in the innermost stage. Applied twice, it gives the input times 2. */
const two: Stage = (real, imaginary, width, block, { cosine }) => {
  const size = cosine.length * width;
  for (let first = 0; first < size; first += block * width) {
    for (let a = first; a < first + width; a++) {
      const b = a + width;
      const gapReal = real[a] - real[b];
      const gapImaginary = imaginary[a] - imaginary[b];
      real[a] += real[b];
      imaginary[a] += imaginary[b];
      real[b] = gapReal;
      imaginary[b] = gapImaginary;
    }
  }
};

/** Radices from the outermost stage to the innermost. */
const radicesOf = (length: number): number[] =>
  length === 1 ? [] : length === 2 ? [2] : [4, ...radicesOf(length / 4)];

/** Decimation in frequency moves the frequencies f = k (mod radix) to block k. */
const rowOfFrequency = (frequency: number, length: number): number => {
  if (length === 1) return 0;
  const radix = length === 2 ? 2 : 4;
  const rest = length / radix;
  return (frequency % radix) * rest + rowOfFrequency(Math.floor(frequency / radix), rest);
};

/**
 * Prepares transforms of one length.
 * @param length a power of two, at least 1
 * @throws RangeError if the length is no power of two
 */
export const createRowTransform = (length: number): RowTransform => {
  if (!(length >= 1) || (length & (length - 1)) !== 0) {
    throw new RangeError(`The length of a transform must be a power of two, got ${length}.`);
  }
  const angle = (turn: number): number => (-2 * Math.PI * turn) / length;
  const twiddles = {
    cosine: Float64Array.from({ length }, (_, turn) => Math.cos(angle(turn))),
    sine: Float64Array.from({ length }, (_, turn) => Math.sin(angle(turn))),
  };
  const radices = radicesOf(length);
  const blocks = radices.map((_, index) => length / radices.slice(0, index).reduce((a, b) => a * b, 1));
  const inwards = blocks.filter((_, index) => radices[index] === 4);
  const outwards = inwards.toReversed();
  const endsInTwo = radices.at(-1) === 2;
  return {
    length,
    rowOfFrequency: Uint32Array.from({ length }, (_, frequency) => rowOfFrequency(frequency, length)),
    forward: (real, imaginary, width) => {
      for (const block of inwards) forwardFour(real, imaginary, width, block, twiddles);
      if (endsInTwo) two(real, imaginary, width, 2, twiddles);
    },
    inverse: (real, imaginary, width) => {
      if (endsInTwo) two(real, imaginary, width, 2, twiddles);
      for (const block of outwards) inverseFour(real, imaginary, width, block, twiddles);
    },
  };
};
