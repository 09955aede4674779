/**
 * The fast two-dimensional transform of one real plane, for scores: float64, half a spectrum, no allocation per call, and
 * optionally only the lowest frequencies of one axis. `fft.ts` is the plain reference for its tests.
 */
import { createRowTransform } from './row-transform.ts';

/** Buffers and transforms for real planes of one side. It owns all buffers, and the next call overwrites them. */
export interface RealFft2 {
  readonly side: number;
  /** side / 2 + 1: the number of frequencies u >= 0, which determine a real plane. */
  readonly allColumns: number;
  /** Pixels of the left half of the plane, [side, side / 2] row-major. */
  readonly left: Float64Array;
  /** Pixels of the right half, in the same layout. */
  readonly right: Float64Array;
  /**
   * Re F(u, v) at [rowOfFrequency[v], u], [side, columns] row-major with the `columns` of the last call: u along the
   * image's row index, v along its column index.
   */
  readonly real: Float64Array;
  /** Im F(u, v), in the same layout. */
  readonly imaginary: Float64Array;
  /** Row of frequency v = 0 to side - 1 in `real` and `imaginary`. */
  readonly rowOfFrequency: Uint32Array;
  /** Copies a plane, [side, side] row-major, into `left` and `right`. */
  load(plane: Float64Array): void;
  /**
   * Eq. 2, unnormalized: `left` and `right` to `real` and `imaginary`. It overwrites the pixels.
   * @param columns number of frequencies u = 0 to columns - 1 to compute, 1 to `allColumns`
   */
  forward(columns: number): void;
  /**
   * Its inverse with 1 / side^2: `real` and `imaginary` to `left` and `right`. Frequencies with |u| >= `columns` count as 0,
   * and only the Hermitian parts at u = 0 and u = side / 2 count. It overwrites the spectrum.
   */
  inverse(columns: number): void;
}

/**
 * Prepares the transform of planes of one side.
 * The left and right half of the plane are the real and imaginary part of one transform along the first axis. Their spectra
 * are separated by symmetry, and the second axis is transformed only for u >= 0.
 * @param side a power of two, at least 2
 * @throws RangeError if the side is no power of two of at least 2
 */
export const createRealFft2 = (side: number): RealFft2 => {
  if (side < 2) throw new RangeError(`The side of a transform must be at least 2, got ${side}.`);
  const transform = createRowTransform(side);
  const { rowOfFrequency } = transform;
  const half = side / 2;
  const allColumns = half + 1;
  const [left, right] = [new Float64Array(side * half), new Float64Array(side * half)];
  const [real, imaginary] = [new Float64Array(side * allColumns), new Float64Array(side * allColumns)];

  /** L = (Z(u) + conj Z(-u)) / 2 and R = (Z(u) - conj Z(-u)) / 2i, transposed in the same pass. */
  const separate = (u: number, columns: number): void => {
    const row = rowOfFrequency[u] * half;
    const mirrored = rowOfFrequency[(side - u) % side] * half;
    const rightOffset = half * columns;
    for (let x = 0, to = u; x < half; x++, to += columns) {
      const re = left[row + x];
      const im = right[row + x];
      const mirrorRe = left[mirrored + x];
      const mirrorIm = right[mirrored + x];
      real[to] = 0.5 * (re + mirrorRe);
      imaginary[to] = 0.5 * (im - mirrorIm);
      real[to + rightOffset] = 0.5 * (im + mirrorIm);
      imaginary[to + rightOffset] = 0.5 * (mirrorRe - re);
    }
  };

  /** Z(u) = L + i R and Z(-u) = conj L + i conj R. */
  const join = (u: number, columns: number): void => {
    const scale = 1 / (side * side);
    const row = rowOfFrequency[u] * half;
    const mirrored = rowOfFrequency[(side - u) % side] * half;
    const rightOffset = half * columns;
    // u = 0 and side / 2 are their own mirror images: both pairs of lines below write the same place, and L and R are real.
    const imaginaryScale = row === mirrored ? 0 : scale;
    for (let x = 0, from = u; x < half; x++, from += columns) {
      const leftRe = scale * real[from];
      const rightRe = scale * real[from + rightOffset];
      const leftIm = imaginaryScale * imaginary[from];
      const rightIm = imaginaryScale * imaginary[from + rightOffset];
      left[row + x] = leftRe - rightIm;
      right[row + x] = leftIm + rightRe;
      left[mirrored + x] = leftRe + rightIm;
      right[mirrored + x] = rightRe - leftIm;
    }
  };

  return {
    side,
    allColumns,
    left,
    right,
    real,
    imaginary,
    rowOfFrequency,
    load: (plane) => {
      for (let row = 0; row < side; row++) {
        const from = row * side;
        left.set(plane.subarray(from, from + half), row * half);
        right.set(plane.subarray(from + half, from + side), row * half);
      }
    },
    forward: (columns) => {
      transform.forward(left, right, half);
      for (let u = 0; u < columns; u++) separate(u, columns);
      transform.forward(real, imaginary, columns);
    },
    inverse: (columns) => {
      transform.inverse(real, imaginary, columns);
      if (columns < allColumns) {
        left.fill(0);
        right.fill(0);
      }
      for (let u = 0; u < columns; u++) join(u, columns);
      transform.inverse(left, right, half);
    },
  };
};
