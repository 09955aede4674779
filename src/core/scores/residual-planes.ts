/** One channel of an image, its reconstruction and their residual as float64 planes. */

/** Channels of an image. */
export const channels = 3;

/** Value of each byte in [0, 1]: the correctly rounded quotient. A product with 1 / 255 would add another rounding. */
export const unitOfByte = Float64Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Sum and sum of squares of a plane. */
export interface PlaneSums {
  readonly sum: number;
  readonly energy: number;
}

/**
 * Computes the residual x - y of one channel.
 * @param input RGB bytes, [S, S, 3], 0 to 255
 * @param reconstruction RGB, [S, S, 3], in [0, 1]
 * @param residual written, [S, S]
 */
export const readResidual = (
  input: Uint8Array,
  reconstruction: Float32Array,
  channel: number,
  residual: Float64Array,
): PlaneSums => {
  let sum = 0;
  let energy = 0;
  for (let pixel = 0, i = channel; pixel < residual.length; pixel++, i += channels) {
    const difference = unitOfByte[input[i]] - reconstruction[i];
    residual[pixel] = difference;
    sum += difference;
    energy += difference * difference;
  }
  return { sum, energy };
};

/** Reads one channel of the input, [S, S] in [0, 1]; parameters as in `readResidual`. */
export const readInput = (input: Uint8Array, channel: number, plane: Float64Array): void => {
  for (let pixel = 0, i = channel; pixel < plane.length; pixel++, i += channels) {
    plane[pixel] = unitOfByte[input[i]];
  }
};
