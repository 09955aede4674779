/** Resizes an anomaly map to the size of its image, like Pillow's `resize((width, height), BILINEAR)` of float32. */
import type { Framing } from '../fit.ts';
import { type Rectangle, regionOf, type Span } from '../picture-region.ts';
import { type TriangleTaps, triangleTaps } from '../triangle-taps.ts';
import { stitchedSize } from './stitch.ts';

/** Filters lines along one axis. Steps are distances between values, in the input and in the output. */
const filterLines = (
  input: Float32Array,
  output: Float32Array,
  { first, count, weights, stride }: TriangleTaps,
  {
    lines,
    lineStep,
    step,
  }: {
    readonly lines: number;
    readonly lineStep: readonly [number, number];
    readonly step: readonly [number, number];
  },
): void => {
  for (let position = 0; position < first.length; position++) {
    const at = position * stride;
    for (let line = 0; line < lines; line++) {
      const start = line * lineStep[0] + first[position]! * step[0];
      let sum = 0;
      for (let tap = 0; tap < count[position]!; tap++)
        sum += weights[at + tap]! * input[start + tap * step[0]]!;
      output[line * lineStep[1] + position * step[1]] = sum;
    }
  }
};

/** Taps of the outputs in [0, size), if `span` is resized from the whole input. */
const tapsWithin = (side: number, { start, length }: Span, size: number): TriangleTaps & Span => {
  const { first, count, weights, stride } = triangleTaps(side, length);
  const from = Math.max(0, -start);
  const to = Math.min(length, size - start);
  return {
    first: first.subarray(from, to),
    count: count.subarray(from, to),
    weights: weights.subarray(from * stride, to * stride),
    stride,
    start: start + from,
    length: to - from,
  };
};

/**
 * The size of an image's map at the scale of the model: [S, S], or that of the stitched tiles.
 * @param width of the file's image
 * @param height of the file's image
 */
export const mapSizeOf = (
  width: number,
  height: number,
  { side, fit }: Framing,
): Pick<Rectangle, 'width' | 'height'> =>
  fit === 'tiles' ? stitchedSize({ width, height, side }) : { width: side, height: side };

/**
 * Spreads a map over the region of the image that it is of. Pixels outside the region, which a crop leaves, are 0.
 * @param map of the size `mapSizeOf`, row-major
 * @returns a new array, [height, width] row-major
 */
export const resizeMap = (
  map: Float32Array,
  framing: Framing,
  width: number,
  height: number,
): Float32Array => {
  const size = mapSizeOf(width, height, framing);
  const { fit } = framing;
  // Stitched tiles show the whole image.
  const region = regionOf(width, height, fit === 'tiles' ? 'squeeze' : fit);
  const across = tapsWithin(size.width, { start: region.left, length: region.width }, width);
  const down = tapsWithin(size.height, { start: region.top, length: region.height }, height);
  const columns = new Float32Array(size.height * across.length);
  filterLines(map, columns, across, {
    lines: size.height,
    lineStep: [size.width, across.length],
    step: [1, 1],
  });
  const resized = new Float32Array(height * width);
  filterLines(columns, resized.subarray(down.start * width + across.start), down, {
    lines: across.length,
    lineStep: [1, 1],
    step: [across.length, width],
  });
  return resized;
};
