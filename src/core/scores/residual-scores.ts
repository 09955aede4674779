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
/** The first digit is told apart among all values, the others among the few that it leaves. */
const firstShift = 21;
const laterDigits = [
  { shift: 10, width: bitsOfDigit },
  { shift: 0, width: 10 },
] as const;

/** The largest bin of a histogram with at least so many values in it and above it. */
const binOf = (histogram: Uint32Array, wanted: number): { readonly bin: number; readonly above: number } => {
  let bin = histogram.length - 1;
  let above = 0;
  while (above + histogram[bin] < wanted) above += histogram[bin--];
  return { bin, above };
};

/**
 * Prepares `top-share`: the mean of the largest values of the map. How many: the percentage of the pixels, rounded up.
 * Values are compared as float32, whose bits order as whole numbers where nothing is negative: histograms of their digits
 * find the smallest value that counts, without sorting.
 * @param percent above 0, at most 100
 */
export const createTopShare = (side: number, percent: number): MapReduction => {
  const wanted = Math.ceil((percent / 100) * side * side);
  const values = new Float32Array(side * side);
  const bits = new Uint32Array(values.buffer);
  const histogram = new Uint32Array(2 ** bitsOfDigit);
  /** Pixels whose first digit is at least that of the smallest value that counts, in order. */
  const candidates = new Uint32Array(side * side);
  return (map) => {
    values.set(map);
    histogram.fill(0);
    for (let i = 0; i < bits.length; i++) histogram[bits[i] >>> firstShift]++;
    const { bin, above } = binOf(histogram, wanted);
    // The bits, so far known, of the smallest value that counts, and how many of those values are still to be taken.
    let prefix = bin;
    let missing = wanted - above;
    let count = 0;
    for (let i = 0; i < bits.length; i++) {
      if (bits[i] >>> firstShift >= bin) candidates[count++] = i;
    }
    for (const { shift, width } of laterDigits) {
      histogram.fill(0);
      for (let at = 0; at < count; at++) {
        const value = bits[candidates[at]] >>> shift;
        if (value >>> width === prefix) histogram[value & (2 ** width - 1)]++;
      }
      const next = binOf(histogram, missing);
      missing -= next.above;
      prefix = prefix * 2 ** width + next.bin;
    }
    let sum = 0;
    let threshold = 0;
    for (let at = 0; at < count; at++) {
      const pixel = candidates[at];
      if (bits[pixel] > prefix) sum += map[pixel];
      else if (bits[pixel] === prefix) threshold = map[pixel];
    }
    return (sum + missing * threshold) / wanted;
  };
};
