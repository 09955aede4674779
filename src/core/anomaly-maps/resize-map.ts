/** Resizes an anomaly map to the size of its image, like Pillow's `resize((width, height), BILINEAR)` of float32. */

/** A weighted sum of neighboring inputs. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/** A triangle filter, which widens with a reduction. */
const tapsOf = (inputSize: number, outputSize: number): readonly Taps[] => {
  const scale = inputSize / outputSize;
  const support = Math.max(scale, 1);
  return Array.from({ length: outputSize }, (_, output) => {
    const center = (output + 0.5) * scale;
    const first = Math.max(Math.trunc(center - support + 0.5), 0);
    const last = Math.min(Math.trunc(center + support + 0.5), inputSize);
    const weights = Array.from({ length: last - first }, (_, tap) =>
      Math.max(1 - Math.abs((tap + first - center + 0.5) / support), 0),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: weights.map((weight) => weight / total) };
  });
};

/** Filters lines along one axis. Steps are distances between values, in the input and in the output. */
const filterLines = (
  input: Float32Array,
  output: Float32Array,
  taps: readonly Taps[],
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
  for (const [position, { first, weights }] of taps.entries()) {
    for (let line = 0; line < lines; line++) {
      const start = line * lineStep[0] + first * step[0];
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++) sum += weights[tap]! * input[start + tap * step[0]]!;
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
  filterLines(map, columns, tapsOf(side, width), { lines: side, lineStep: [side, width], step: [1, 1] });
  const resized = new Float32Array(height * width);
  filterLines(columns, resized, tapsOf(side, height), {
    lines: width,
    lineStep: [1, 1],
    step: [width, width],
  });
  return resized;
};
