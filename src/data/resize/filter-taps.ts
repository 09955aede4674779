/** The taps of Pillow's antialiased bilinear resize of 8-bit images, in its fixed-point form. */
import type { Span } from '#core/picture-region.ts';
import { type TriangleTaps, triangleTaps } from '#core/triangle-taps.ts';

/** Bits after the binary point of a weight. */
export const weightBits = 22;

/** The taps with weights in units of 2^-22, [outputSize, stride], zero past `count`. */
export interface FilterTaps extends Omit<TriangleTaps, 'weights'> {
  readonly weights: Int32Array;
}

/**
 * Moves taps to their place in the input. Those before its start or past its end become taps of its first or last position,
 * as if the edge were repeated; whole weights add up exactly.
 */
const placeTaps = ({ first, count, weights, stride }: FilterTaps, start: number, inputSize: number): void => {
  for (let output = 0; output < first.length; output++) {
    const taps = weights.subarray(output * stride, (output + 1) * stride);
    const placed = new Int32Array(stride);
    const positionOf = (tap: number): number =>
      Math.min(Math.max(start + first[output] + tap, 0), inputSize - 1);
    const from = positionOf(0);
    for (let tap = 0; tap < count[output]; tap++) placed[positionOf(tap) - from] += taps[tap];
    count[output] = positionOf(count[output] - 1) - from + 1;
    first[output] = from;
    taps.set(placed);
  }
};

/**
 * Taps with weights rounded half away from zero.
 * @param inputSize pixels along the input's axis, at least 1
 * @param outputSize pixels along the output's axis, at least 1
 * @param span the part of the input that is resized; beyond the input, its edge is repeated
 */
export const filterTaps = (
  inputSize: number,
  outputSize: number,
  span: Span = { start: 0, length: inputSize },
): FilterTaps => {
  const taps = triangleTaps(span.length, outputSize);
  const rounded = {
    ...taps,
    weights: Int32Array.from(taps.weights, (weight) => 0.5 + weight * 2 ** weightBits),
  };
  if (span.start !== 0 || span.length !== inputSize) placeTaps(rounded, span.start, inputSize);
  return rounded;
};
