/** Resizes RGB bytes exactly like Pillow's `resize((width, height), BILINEAR)`. */
import type { Rectangle, Span } from '#core/picture-region.ts';
import { type FilterTaps, filterTaps, weightBits } from './filter-taps.ts';

/** RGB bytes of an image, [height, width, 3]. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const channels = 3;
const half = 1 << (weightBits - 1);

/**
 * Computes weighted sums along one axis.
 * @param lines lines across the axis; `lineStep` bytes apart in the input, `outputLineStep` in the output
 * @param step bytes between neighbors along the axis, in the input and in the output
 */
const resample = (
  input: Uint8Array,
  output: Uint8Array,
  taps: FilterTaps,
  lines: number,
  lineStep: number,
  outputLineStep: number,
  step: number,
): void => {
  const { first, count, weights, stride } = taps;
  const outputSize = first.length;
  for (let line = 0; line < lines; line++) {
    for (let position = 0; position < outputSize; position++) {
      // Weights are not negative and sum to 2^22 up to rounding, far less than the added half. So a sum fits 31 bits, its
      // upper bits are 0 to 255, and Pillow's clamp has no effect.
      let red = half;
      let green = half;
      let blue = half;
      let source = line * lineStep + first[position] * step;
      const start = position * stride;
      for (let tap = start; tap < start + count[position]; tap++, source += step) {
        const weight = weights[tap];
        red += input[source] * weight;
        green += input[source + 1] * weight;
        blue += input[source + 2] * weight;
      }
      const target = line * outputLineStep + position * step;
      output[target] = red >> weightBits;
      output[target + 1] = green >> weightBits;
      output[target + 2] = blue >> weightBits;
    }
  }
};

const isWhole = ({ start, length }: Span, size: number): boolean => start === 0 && length === size;

/**
 * Resizes to a square with a separable antialiased triangle filter: columns, then rows, with bytes in between. Matches
 * Pillow's `crop(region).resize((side, side), BILINEAR)` to the bit, after the edges are repeated to fill the region.
 * @param region the part of the image that is resized, which may reach beyond it
 * @returns a new array of RGB bytes, [side, side, 3]
 */
export const resizeRgb = (
  { width, height, pixels }: RgbImage,
  side: number,
  region: Rectangle = { left: 0, top: 0, width, height },
): Uint8Array<ArrayBuffer> => {
  const across = { start: region.left, length: region.width };
  const down = { start: region.top, length: region.height };
  const keepsColumns = width === side && isWhole(across, width);
  const columns = keepsColumns ? new Uint8Array(pixels) : new Uint8Array(height * side * channels);
  if (!keepsColumns) {
    const taps = filterTaps(width, side, across);
    resample(pixels, columns, taps, height, width * channels, side * channels, channels);
  }
  if (height === side && isWhole(down, height)) return columns;
  const square = new Uint8Array(side * side * channels);
  resample(columns, square, filterTaps(height, side, down), side, channels, channels, side * channels);
  return square;
};
