/**
 * SSIM and its gradient on typed arrays, with float64 sums, image by image. The formulas are those of `ssim-wgsl.ts`; in
 * float64 the plain variance, mean of squares less square of mean, loses nothing that float32 could show.
 */
import { type SsimShape, windowCounts } from './ssim-plan.ts';

/** Images, window and constants. */
export interface SsimSetting {
  readonly shape: SsimShape;
  /** One side of the window, sum 1, odd and symmetric. */
  readonly taps: Float64Array;
  readonly c1: number;
  readonly c2: number;
}

/** Lines of values in memory, each filtered by itself: taps are `step` values apart, outputs one. */
interface Lines {
  readonly count: number;
  readonly inputStride: number;
  readonly outputLength: number;
  readonly step: number;
}

/**
 * A symmetric filter, only where it lies wholly in its line. Two pairs of taps at a time over a whole line, which is in
 * the cache: loops that the engine compiles well, whatever the length of the window.
 */
const filterLines = (
  source: Float64Array,
  target: Float64Array,
  { count, inputStride, outputLength, step }: Lines,
  taps: Float64Array,
): void => {
  const centre = (taps.length - 1) / 2;
  const odd = centre % 2;
  for (let line = 0; line < count; line++) {
    const from = line * inputStride;
    const to = line * outputLength;
    const middle = from + centre * step;
    const middleTap = taps[centre];
    const outerTap = odd === 1 ? taps[0] : 0;
    const end = from + 2 * centre * step;
    for (let i = 0; i < outputLength; i++) {
      target[to + i] = middleTap * source[middle + i] + outerTap * (source[from + i] + source[end + i]);
    }
    for (let k = odd; k < centre; k += 2) {
      const first = taps[k];
      const second = taps[k + 1];
      const low = from + k * step;
      const high = end - k * step;
      for (let i = 0; i < outputLength; i++) {
        target[to + i] +=
          first * (source[low + i] + source[high + i]) +
          second * (source[low + step + i] + source[high - step + i]);
      }
    }
  }
};

/** Both passes of the window over one image of `rows` x `columns`; `between` has room for the first pass. */
const filterImage = (
  source: Float64Array,
  target: Float64Array,
  between: Float64Array,
  { rows, columns, channels }: Pick<SsimShape, 'rows' | 'columns' | 'channels'>,
  taps: Float64Array,
): void => {
  const width = (columns - taps.length + 1) * channels;
  filterLines(
    source,
    between,
    { count: rows, inputStride: columns * channels, outputLength: width, step: channels },
    taps,
  );
  filterLines(
    between,
    target,
    { count: rows - taps.length + 1, inputStride: width, outputLength: width, step: width },
    taps,
  );
};

/** Kept between calls, as large as the largest image needed: fresh memory costs as much as the arithmetic in it. */
let scratch = new Float64Array(0);

/** Arrays for one call, with whatever the last one left in them. */
const borrow = (count: number, length: number): Float64Array[] => {
  if (scratch.length < count * length) scratch = new Float64Array(count * length);
  return Array.from({ length: count }, (_, i) => scratch.subarray(i * length, (i + 1) * length));
};

/**
 * The mean of 1 - SSIM.
 * @param x [batch, rows, columns, channels]
 * @param y likewise
 * @param maps [3, windows], overwritten with what `spreadSsimGradient` needs: offset, factor of s - 1, factor of d
 */
export const measureSsim = (
  x: Float32Array,
  y: Float32Array,
  { shape, taps, c1, c2 }: SsimSetting,
  maps: Float32Array,
): number => {
  const values = shape.rows * shape.columns * shape.channels;
  const windows = windowCounts(shape, taps.length).all;
  const perImage = windows / shape.batch;
  const [sums, differences, sumSquares, differenceSquares, between, ...moments] = borrow(9, values);
  let total = 0;
  for (let image = 0; image < shape.batch; image++) {
    for (let i = 0, at = image * values; i < values; i++, at++) {
      // Around 0, as the maps have it.
      const s = x[at] + y[at] - 1;
      const d = y[at] - x[at];
      sums[i] = s;
      differences[i] = d;
      sumSquares[i] = s * s;
      differenceSquares[i] = d * d;
    }
    filterImage(sums, moments[0], between, shape, taps);
    filterImage(differences, moments[1], between, shape, taps);
    filterImage(sumSquares, moments[2], between, shape, taps);
    filterImage(differenceSquares, moments[3], between, shape, taps);
    for (let i = 0, at = image * perImage; i < perImage; i++, at++) {
      const centredMean = moments[0][i];
      const meanSum = centredMean + 1;
      const meanDifference = moments[1][i];
      const sumVariance = moments[2][i] - centredMean * centredMean;
      const differenceVariance = moments[3][i] - meanDifference * meanDifference;
      const sumPower = meanSum * meanSum;
      const differencePower = meanDifference * meanDifference;
      const b1 = 0.5 * (sumPower + differencePower) + c1;
      const b2 = 0.5 * (sumVariance + differenceVariance) + c2;
      const l = differencePower / b1;
      const c = differenceVariance / b2;
      const sumFactor = (-(1 - l) * c) / b2;
      const differenceFactor = ((1 - l) * (2 - c)) / b2;
      total += l + c - l * c;
      maps[at] =
        ((1 - c) * ((2 - l) * meanDifference - l * meanSum)) / b1 -
        sumFactor * centredMean -
        differenceFactor * meanDifference;
      maps[windows + at] = sumFactor;
      maps[2 * windows + at] = differenceFactor;
    }
  }
  return total / windows;
};

/** Copies one image's plane of a map into the middle of zeros (the caller's) as wide as a window reaches, so that its filter is whole. */
const pad = (
  map: Float32Array,
  target: Float64Array,
  { rows, columns, channels }: Pick<SsimShape, 'rows' | 'columns' | 'channels'>,
  margin: number,
): void => {
  const width = columns * channels;
  const stride = width + 2 * margin * channels;
  for (let row = 0; row < rows; row++) {
    target.set(map.subarray(row * width, (row + 1) * width), (row + margin) * stride + margin * channels);
  }
};

/**
 * The gradient of the mean of 1 - SSIM in y, times `scale`.
 * @param images x and y as `measureSsim` got them, and its maps
 * @param gradient like y, overwritten
 */
export const spreadSsimGradient = (
  { x, y, maps }: { readonly x: Float32Array; readonly y: Float32Array; readonly maps: Float32Array },
  { shape, taps }: SsimSetting,
  scale: number,
  gradient: Float32Array,
): void => {
  const { batch, channels } = shape;
  const margin = taps.length - 1;
  const counts = windowCounts(shape, taps.length);
  const perImage = counts.all / batch;
  const values = shape.rows * shape.columns * channels;
  const padded = { rows: shape.rows + margin, columns: shape.columns + margin, channels };
  const room = padded.rows * padded.columns * channels;
  const [windows, between, offset, sumFactor, differenceFactor] = borrow(5, room);
  windows.fill(0);
  const factor = scale / counts.all;
  for (let image = 0; image < batch; image++) {
    for (const [plane, target] of [offset, sumFactor, differenceFactor].entries()) {
      const start = plane * counts.all + image * perImage;
      pad(maps.subarray(start, start + perImage), windows, { ...counts, channels }, margin);
      filterImage(windows, target, between, padded, taps);
    }
    for (let i = 0, at = image * values; i < values; i++, at++) {
      gradient[at] =
        factor * (offset[i] + sumFactor[i] * (x[at] + y[at] - 1) + differenceFactor[i] * (y[at] - x[at]));
    }
  }
};
