/** The taps of Pillow's antialiased bilinear resize in one dimension. */

/** For each output position, its first input position and the weights of the inputs from that position on. */
export interface TriangleTaps {
  /** First input position of each output, [outputSize]. */
  readonly first: Int32Array;
  /** Number of inputs of each output, [outputSize]. */
  readonly count: Int32Array;
  /** Weights of sum 1 per output, [outputSize, stride], zero past `count`. */
  readonly weights: Float64Array;
  /** Number of weights stored per output. */
  readonly stride: number;
}

/**
 * Taps of a triangle filter that widens with the reduction, as in Pillow's `resize(..., BILINEAR)`: weights normalized in float64.
 * @param inputSize pixels along the input's axis, at least 1
 * @param outputSize pixels along the output's axis, at least 1
 */
export const triangleTaps = (inputSize: number, outputSize: number): TriangleTaps => {
  const scale = inputSize / outputSize;
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(outputSize);
  const count = new Int32Array(outputSize);
  const weights = new Float64Array(outputSize * stride);
  for (let output = 0; output < outputSize; output++) {
    const center = (output + 0.5) * scale;
    const start = Math.max(Math.trunc(center - support + 0.5), 0);
    const taps = Math.min(Math.trunc(center + support + 0.5), inputSize) - start;
    const row = weights.subarray(output * stride, output * stride + taps);
    let total = 0;
    for (let tap = 0; tap < taps; tap++) {
      row[tap] = Math.max(1 - Math.abs((tap + start - center + 0.5) * (1 / support)), 0);
      total += row[tap]!;
    }
    for (let tap = 0; tap < taps; tap++) row[tap] = row[tap]! / total;
    first[output] = start;
    count[output] = taps;
  }
  return { first, count, weights, stride };
};
