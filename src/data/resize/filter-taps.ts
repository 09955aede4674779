/** The taps of Pillow's antialiased bilinear resize of 8-bit images, in its fixed-point form. */
import { type TriangleTaps, triangleTaps } from '#core/triangle-taps.ts';

/** Bits after the binary point of a weight. */
export const weightBits = 22;

/** The taps with weights in units of 2^-22, [outputSize, stride], zero past `count`. */
export interface FilterTaps extends Omit<TriangleTaps, 'weights'> {
  readonly weights: Int32Array;
}

/**
 * Taps with weights rounded half away from zero.
 * @param inputSize pixels along the input's axis, at least 1
 * @param outputSize pixels along the output's axis, at least 1
 */
export const filterTaps = (inputSize: number, outputSize: number): FilterTaps => {
  const taps = triangleTaps(inputSize, outputSize);
  return { ...taps, weights: Int32Array.from(taps.weights, (weight) => 0.5 + weight * 2 ** weightBits) };
};
