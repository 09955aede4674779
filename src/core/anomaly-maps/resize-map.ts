/** Resizes an anomaly map to the size of its image, like Pillow's `resize((width, height), BILINEAR)` of float32. */
import { type TriangleTaps, triangleTaps } from '../triangle-taps.ts';

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

/**
 * @param map [side, side] row-major
 * @returns a new array, [height, width] row-major
 */
export const resizeMap = (map: Float32Array, side: number, width: number, height: number): Float32Array => {
  const columns = new Float32Array(side * width);
  filterLines(map, columns, triangleTaps(side, width), {
    lines: side,
    lineStep: [side, width],
    step: [1, 1],
  });
  const resized = new Float32Array(height * width);
  filterLines(columns, resized, triangleTaps(side, height), {
    lines: width,
    lineStep: [1, 1],
    step: [width, width],
  });
  return resized;
};
