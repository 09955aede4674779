/** Filters and transforms of square planes as dense matrices: an ONNX graph applies them by MatMul, which every runtime has. */
import { frequencyRadius } from '#core/scores/band.ts';

/** A matrix, row-major. */
export interface Matrix {
  /** Rows and columns. */
  readonly shape: readonly [number, number];
  readonly values: Float64Array;
}

const matrixOf = (rows: number, columns: number, value: (row: number, column: number) => number): Matrix => ({
  shape: [rows, columns],
  values: Float64Array.from({ length: rows * columns }, (_, at) =>
    value(Math.floor(at / columns), at % columns),
  ),
});

/** The matrix with rows and columns exchanged. */
export const transposed = ({ shape: [rows, columns], values }: Matrix): Matrix =>
  matrixOf(columns, rows, (row, column) => values[column * columns + row]!);

/** The angle of a frequency at a place; the product is reduced first, so that it stays exact. */
const angle = (frequency: number, place: number, side: number): number =>
  (2 * Math.PI * ((frequency * place) % side)) / side;

/** A real orthonormal basis of lines, and the frequency of each of its rows. */
export interface FourierBasis {
  /** B, [S, S]: B R B^T are the coefficients of a plane R, and B^T K B is the plane of coefficients K. */
  readonly matrix: Matrix;
  /** |u| of each row, 0 to S / 2. */
  readonly frequencies: readonly number[];
}

/**
 * The constant, cosine and sine of each frequency, and the alternation. Products of rows with frequencies |u| and |v| span the
 * same planes as the four waves (+-u, +-v). So a filter whose gain depends on |u| and |v| only is a mask of the coefficients, and
 * equals the filter by DFT.
 * @param side S, even
 */
export const fourierBasis = (side: number): FourierBasis => {
  const half = side / 2;
  const frequencies = Array.from({ length: side }, (_, row) => Math.ceil(row / 2));
  const matrix = matrixOf(side, side, (row, place) => {
    const frequency = frequencies[row]!;
    if (frequency === 0 || frequency === half)
      return Math.cos(angle(frequency, place, side)) / Math.sqrt(side);
    const wave = row % 2 === 1 ? Math.cos : Math.sin;
    return wave(angle(frequency, place, side)) * Math.sqrt(2 / side);
  });
  return { matrix, frequencies };
};

/** 1 for coefficients of a basis whose radius is in [low, high], else 0; [S, S] row-major. */
export const bandMask = ({ frequencies }: FourierBasis, low: number, high: number): Float64Array => {
  const side = frequencies.length;
  return Float64Array.from({ length: side * side }, (_, at) => {
    const radius = frequencyRadius(frequencies[Math.floor(at / side)]!, frequencies[at % side]!, side);
    return radius >= low && radius <= high ? 1 : 0;
  });
};

/**
 * The transform of real rows: R times these [S, S / 2 + 1] are the real and the negative imaginary part of the columns v = 0 to
 * S / 2 of its spectrum.
 */
export const halfTransform = (side: number): { readonly cosines: Matrix; readonly sines: Matrix } => ({
  cosines: matrixOf(side, side / 2 + 1, (place, v) => Math.cos(angle(v, place, side))),
  sines: matrixOf(side, side / 2 + 1, (place, v) => Math.sin(angle(v, place, side))),
});

/** The same for columns and all frequencies; both are symmetric. */
export const wholeTransform = (side: number): { readonly cosines: Matrix; readonly sines: Matrix } => ({
  cosines: matrixOf(side, side, (u, place) => Math.cos(angle(u, place, side))),
  sines: matrixOf(side, side, (u, place) => Math.sin(angle(u, place, side))),
});

/**
 * A symmetric filter of columns, with the border mirrored and its edge repeated.
 * @param taps by distance from the middle; at most as many as the side, plus one
 */
export const mirroredFilter = (side: number, taps: Float64Array): Matrix => {
  const values = new Float64Array(side * side);
  const reach = taps.length - 1;
  for (let row = 0; row < side; row++) {
    for (let step = -reach; step <= reach; step++) {
      const place = row + step;
      const inside = place < 0 ? -1 - place : place >= side ? 2 * side - 1 - place : place;
      values[row * side + inside]! += taps[Math.abs(step)]!;
    }
  }
  return { shape: [side, side], values };
};

/** Weights of a line's previous, same and next place at each place; the line's ends are repeated. */
export const threePointFilter = (side: number, weights: readonly [number, number, number]): Matrix => {
  const values = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    for (const [at, weight] of weights.entries()) {
      const place = Math.min(side - 1, Math.max(0, row + at - 1));
      values[row * side + place]! += weight;
    }
  }
  return { shape: [side, side], values };
};
