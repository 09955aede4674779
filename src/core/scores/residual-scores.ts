/** The scores that are numbers of the squared residual's map: its maximum after a blur, and the mean of its top share. */
import { createMirroredFilter } from './mirrored-filter.ts';

/** The score of a map [S, S] row-major of values of at least 0, which it may replace by the map that belongs to the score. */
export type MapReduction = (map: Float64Array) => number;

/** Side at which the sigma of the blur is given. */
const sigmaSide = 256;

/** The blur reaches over 4 sigma, rounded, as SciPy's does. */
const truncation = 4;

/** The Gaussian by distance from its middle, rescaled so that both sides and the middle sum to 1. */
const gaussianTaps = (sigma: number): Float64Array => {
  const radius = Math.floor(truncation * sigma + 0.5);
  const taps = Float64Array.from({ length: radius + 1 }, (_, t) => Math.exp(-0.5 * (t / sigma) ** 2));
  const sum = taps.reduce((total, tap) => total + 2 * tap, -taps[0]);
  return taps.map((tap) => tap / sum);
};

/**
 * Prepares `blurred-maximum`: the largest value of the map after a Gaussian blur, which becomes the map. The border is
 * mirrored with its edge repeated, so that the blur moves values about and neither adds nor loses any; truncated and
 * mirrored as `scipy.ndimage.gaussian_filter` is by default. Sigma 4 at this size of image is that of PatchCore's maps
 * (Roth et al. 2022).
 * @param sigma standard deviation in pixels at side 256; it grows with the side
 */
export const createBlurredMaximum = (side: number, sigma: number): MapReduction => {
  const filter = createMirroredFilter(side, gaussianTaps((sigma * side) / sigmaSide));
  const rows = filter.createRows();
  return (map) => {
    filter.filterRows(map, rows);
    for (let row = 0; row < side; row += filter.stripRows) filter.filterStrip(rows, row, map, row * side);
    let largest = 0;
    for (let i = 0; i < map.length; i++) if (map[i] > largest) largest = map[i];
    return largest;
  };
};

const bitsOfDigit = 11;
const digitShifts = [21, 10, 0] as const;
const widthOfDigit = [bitsOfDigit, bitsOfDigit, 10] as const;

/**
 * Prepares `top-share`: the mean of the largest values of the map. How many: the percentage of the pixels, rounded up.
 * Values are compared as float32, whose bits order as whole numbers where nothing is negative: three histograms of their
 * digits find the smallest value that counts, without sorting.
 * @param percent above 0, at most 100
 */
export const createTopShare = (side: number, percent: number): MapReduction => {
  const wanted = Math.ceil((percent / 100) * side * side);
  const values = new Float32Array(side * side);
  const bits = new Uint32Array(values.buffer);
  const histogram = new Uint32Array(2 ** bitsOfDigit);
  return (map) => {
    values.set(map);
    // The bits, so far known, of the smallest value that counts, and how many of those values are still to be taken.
    let prefix = 0;
    let missing = wanted;
    let known = 0;
    for (let digit = 0; digit < digitShifts.length; digit++) {
      const shift = digitShifts[digit];
      const mask = 2 ** widthOfDigit[digit] - 1;
      histogram.fill(0);
      for (let i = 0; i < bits.length; i++) {
        if (known === 0 || bits[i] >>> (32 - known) === prefix) histogram[(bits[i] >>> shift) & mask]++;
      }
      let at = mask;
      while (histogram[at] < missing) missing -= histogram[at--];
      prefix = prefix * (mask + 1) + at;
      known += widthOfDigit[digit];
    }
    let sum = 0;
    let threshold = 0;
    for (let i = 0; i < bits.length; i++) {
      if (bits[i] > prefix) sum += map[i];
      else if (bits[i] === prefix) threshold = map[i];
    }
    return (sum + missing * threshold) / wanted;
  };
};
