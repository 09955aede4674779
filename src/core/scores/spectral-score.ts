/** Eq. 8 as a score: the mean of w |D| over frequencies, with D the transform of the residual. */
import type { RealFft2 } from '../spectrum/fast-fft.ts';
import { columnsInBand } from './band.ts';

/**
 * Returns the weight after a check of its presence and size.
 * @throws RangeError if it is missing or of another side
 */
export const checkWeight = (side: number, weight: Float32Array | undefined): Float32Array => {
  if (weight?.length === side * side) return weight;
  throw new RangeError(
    `The score spectral needs ${side} x ${side} weights, got ${weight?.length ?? 'none'}.`,
  );
};

/** The factor of |D(u, v)|, which equals |D(-u, -v)|: the mean of w at both. */
export const symmetricWeight = (weight: Float32Array, side: number, u: number, v: number): number => {
  const opposite = ((side - u) % side) * side + ((side - v) % side);
  return (weight[u * side + v] + weight[opposite]) / 2;
};

/** The weighted spectrum of residual planes. */
export interface SpectralMeasure {
  /**
   * Transforms a residual plane, [S, S] row-major, and weights its spectrum.
   * @returns sum over (u, v) of w |D|
   */
  measure(residual: Float64Array): number;
  /** Adds |IDFT2(w D)|^2 of the last measured plane to a map, [S, S]; call it once per plane. */
  addMap(map: Float64Array): void;
}

/**
 * Prepares the weighted spectral residual of planes of one side.
 * |D| of a real residual is the same at (u, v) and (-u, -v), so only the mean of the two weights affects the score. The map
 * uses that mean too, which makes w D the spectrum of a real image: the residual, filtered by the weight.
 * @param fft transform of this side
 * @param weight w(u, v), [S, S] row-major, unshifted, from `frequencyWeight`
 * @param low lowest radius of the band; outside the band the weight counts as 0
 * @param high highest radius
 */
export const createSpectralMeasure = (
  fft: RealFft2,
  weight: Float32Array,
  low: number,
  high: number,
): SpectralMeasure => {
  const { side, real, imaginary, rowOfFrequency } = fft;
  const half = side / 2;
  const ranges = Array.from({ length: side }, (_, v) => columnsInBand(side, v, low, high));
  const columns = ranges.reduce((most, { from, to }) => (to > from ? Math.max(most, to) : most), 1);
  const symmetric = new Float64Array(side * columns);
  for (let v = 0; v < side; v++) {
    for (let u = ranges[v].from; u < ranges[v].to; u++) {
      symmetric[rowOfFrequency[v] * columns + u] = symmetricWeight(weight, side, u, v);
    }
  }
  return {
    measure: (residual) => {
      fft.load(residual);
      fft.forward(columns);
      let sum = 0;
      let edges = 0;
      for (let row = 0, at = 0; row < side; row++) {
        for (let u = 0; u < columns; u++, at++) {
          const re = symmetric[at] * real[at];
          const im = symmetric[at] * imaginary[at];
          real[at] = re;
          imaginary[at] = im;
          const magnitude = Math.sqrt(re * re + im * im);
          sum += magnitude;
          if (u === 0 || u === half) edges += magnitude;
        }
      }
      // All other columns also represent their mirror images.
      return 2 * sum - edges;
    },
    addMap: (map) => {
      fft.inverse(columns);
      for (let row = 0, from = 0, to = 0; row < side; row++, to += half) {
        for (let x = 0; x < half; x++, from++, to++) {
          map[to] += fft.left[from] * fft.left[from];
          map[to + half] += fft.right[from] * fft.right[from];
        }
      }
    },
  };
};
