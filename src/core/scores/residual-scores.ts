/** Scores that reduce the squared residual's map: its maximum after a blur, and the mean of its top share. */
import { createMirroredFilter } from './mirrored-filter.ts';

/** Reduces a map [S, S] row-major of values of at least 0 to its score; it may overwrite the map with the score's. */
export type MapReduction = (map: Float64Array) => number;

/** Side for which the sigma of the blur is given. */
const sigmaSide = 256;

/** The blur is truncated at 4 sigma, rounded, as in SciPy. */
const truncation = 4;

/**
 * The Gaussian of `blurred-maximum` by distance from its middle, scaled so that both sides and the middle sum to 1.
 * @param sigmaAtSide256 standard deviation in pixels at side 256; scaled with the side
 */
export const blurTaps = (side: number, sigmaAtSide256: number): Float64Array => {
  const sigma = (sigmaAtSide256 * side) / sigmaSide;
  const radius = Math.floor(truncation * sigma + 0.5);
  const taps = Float64Array.from({ length: radius + 1 }, (_, t) => Math.exp(-0.5 * (t / sigma) ** 2));
  const sum = taps.reduce((total, tap) => total + 2 * tap, -taps[0]);
  return taps.map((tap) => tap / sum);
};

/**
 * Prepares `blurred-maximum`: the maximum of the map after a Gaussian blur; the blurred map replaces the map. The border is
 * mirrored with its edge repeated, so the blur only moves values and preserves their sum. Truncation and mirroring are the
 * defaults of `scipy.ndimage.gaussian_filter`. Sigma 4 at this side is that of PatchCore's maps (Roth et al. 2022).
 * @param sigma standard deviation in pixels at side 256; scaled with the side
 */
export const createBlurredMaximum = (side: number, sigma: number): MapReduction => {
  const filter = createMirroredFilter(side, blurTaps(side, sigma));
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
/** The first digit is histogrammed over all values, the others over the few candidates that remain. */
const firstShift = 21;
const laterDigits = [
  { shift: 10, width: bitsOfDigit },
  { shift: 0, width: 10 },
] as const;

/** The highest bin for which it and all higher bins together hold at least this many values. */
const binOf = (histogram: Uint32Array, wanted: number): { readonly bin: number; readonly above: number } => {
  let bin = histogram.length - 1;
  let above = 0;
  while (above + histogram[bin] < wanted) above += histogram[bin--];
  return { bin, above };
};

/** Number of values that `top-share` averages: the percentage of the pixels, rounded up. */
export const topCount = (side: number, percent: number): number => Math.ceil((percent / 100) * side * side);

/**
 * Prepares `top-share`: the mean of the highest values of the map, `topCount` of them.
 * Values are compared as float32, whose bits sort like integers if none is negative. Histograms of their digits find the
 * lowest value that counts, without sorting.
 * @param percent above 0, at most 100
 */
export const createTopShare = (side: number, percent: number): MapReduction => {
  const wanted = topCount(side, percent);
  const values = new Float32Array(side * side);
  const bits = new Uint32Array(values.buffer);
  const histogram = new Uint32Array(2 ** bitsOfDigit);
  /** Pixels whose first digit is at least that of the lowest value that counts, in order. */
  const candidates = new Uint32Array(side * side);
  return (map) => {
    values.set(map);
    histogram.fill(0);
    for (let i = 0; i < bits.length; i++) histogram[bits[i] >>> firstShift]++;
    const { bin, above } = binOf(histogram, wanted);
    // The known bits of the lowest value that counts, and the number of values with these bits still to take.
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
