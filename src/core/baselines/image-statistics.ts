/** Four statistics of one image. None of them uses any knowledge of defects. */
import { columnsInBand } from '../scores/band.ts';
import { channels, readInput } from '../scores/residual-planes.ts';
import { createRealFft2, type RealFft2 } from '../spectrum/fast-fft.ts';
import type { StatisticName } from './baseline-names.ts';

/** The statistics of one image, for values in [0, 1] (the bytes divided by 255); each is at least 0. */
export type ImageStatistics = Readonly<Record<StatisticName, number>>;

const sumOf = (plane: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < plane.length; i++) sum += plane[i];
  return sum;
};

/** Sum of squares about the mean, in two passes to avoid cancellation. */
const squaresAboutMean = (plane: Float64Array, mean: number): number => {
  let sum = 0;
  for (let i = 0; i < plane.length; i++) sum += (plane[i] - mean) * (plane[i] - mean);
  return sum;
};

/** Squared differences from the right and the lower neighbor, where they exist. */
const squaredDifferences = (plane: Float64Array, side: number): number => {
  let sum = 0;
  for (let row = 0, i = 0; row < side; row++) {
    for (let column = 0; column < side; column++, i++) {
      if (column + 1 < side) sum += (plane[i + 1] - plane[i]) ** 2;
      if (row + 1 < side) sum += (plane[i + side] - plane[i]) ** 2;
    }
  }
  return sum;
};

/** Sum of |F(u, v)| over the columns from `first[v]` on, including the mirrored ones. */
const magnitudesFrom = (fft: RealFft2, first: Uint32Array): number => {
  const { side, allColumns, real, imaginary, rowOfFrequency } = fft;
  const half = side / 2;
  let sum = 0;
  let edges = 0;
  for (let v = 0; v < side; v++) {
    const row = rowOfFrequency[v] * allColumns;
    for (let u = first[v]; u < allColumns; u++) {
      const magnitude = Math.sqrt(real[row + u] * real[row + u] + imaginary[row + u] * imaginary[row + u]);
      sum += magnitude;
      if (u === 0 || u === half) edges += magnitude;
    }
  }
  // All other columns also represent their mirror images.
  return 2 * sum - edges;
};

/**
 * Prepares the statistics of images of one side:
 * - `brightness`: mean over pixels and channels;
 * - `contrast`: sum of squares after removal of each channel's mean;
 * - `gradient-energy`: sum of squared forward differences along both axes, over channels, without wrap-around;
 * - `high-frequency-energy`: sum over channels of |F(u, v)| at radii above S / 4, F as in Eq. 2.
 * @param side S, a power of two, at least 4
 * @returns a function of RGB bytes, [S, S, 3], which takes one image after the other and reuses its memory
 * @throws RangeError if the side is no power of two; the returned function, if the image is not [S, S, 3]
 */
export const createImageStatistics = (side: number): ((image: Uint8Array) => ImageStatistics) => {
  const fft = createRealFft2(side);
  const plane = new Float64Array(side * side);
  const first = Uint32Array.from({ length: side }, (_, v) => columnsInBand(side, v, 0, side / 4).to);
  return (image) => {
    if (image.length !== plane.length * channels) {
      throw new RangeError(`Expected an image of ${plane.length * channels} values, got ${image.length}.`);
    }
    let [sum, contrast, gradient, highFrequency] = [0, 0, 0, 0];
    for (let channel = 0; channel < channels; channel++) {
      readInput(image, channel, plane);
      const channelSum = sumOf(plane);
      sum += channelSum;
      contrast += squaresAboutMean(plane, channelSum / plane.length);
      gradient += squaredDifferences(plane, side);
      fft.load(plane);
      fft.forward(fft.allColumns);
      highFrequency += magnitudesFrom(fft, first);
    }
    return {
      brightness: sum / image.length,
      contrast,
      'gradient-energy': gradient,
      'high-frequency-energy': highFrequency,
    };
  };
};
