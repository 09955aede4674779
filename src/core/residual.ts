/** The anomaly score of one image and its map, from the image and its reconstruction (Eq. 9). */

/** Score and map of one image. */
export interface ResidualScore {
  /** Eq. 9: sum over pixels and channels of the squared residual. */
  readonly score: number;
  /** The summand of each pixel: squared residual summed over channels, [S, S] row-major. */
  readonly map: Float32Array;
  /** Energy of the residual's channel means, before any of it is removed: the part that is the DC coefficient. */
  readonly meanEnergy: number;
  /** Energy of the whole residual, before anything is removed. */
  readonly energy: number;
}

const channels = 3;

/**
 * Scores one image.
 * @param input RGB bytes, [S, S, 3], 0 to 255
 * @param reconstruction RGB, [S, S, 3], in [0, 1]
 * @param removeMean whether each channel's mean residual is subtracted first: exactly the DC coefficient, which
 *   Eq. 7 gives no weight
 */
export const scoreResidual = (
  input: Uint8Array,
  reconstruction: Float32Array,
  removeMean: boolean,
): ResidualScore => {
  const pixelCount = input.length / channels;
  const sums = [0, 0, 0];
  let energy = 0;
  for (let pixel = 0, i = 0; pixel < pixelCount; pixel++) {
    for (let channel = 0; channel < channels; channel++, i++) {
      const residual = input[i] / 255 - reconstruction[i];
      sums[channel] += residual;
      energy += residual * residual;
    }
  }
  const means = sums.map((sum) => sum / pixelCount);
  const meanEnergy = means.reduce((total, mean) => total + pixelCount * mean * mean, 0);
  const removed = removeMean ? means : [0, 0, 0];
  const map = new Float32Array(pixelCount);
  let score = 0;
  for (let pixel = 0, i = 0; pixel < pixelCount; pixel++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++, i++) {
      const residual = input[i] / 255 - reconstruction[i] - removed[channel];
      sum += residual * residual;
    }
    map[pixel] = sum;
    score += sum;
  }
  return { score, map, meanEnergy, energy };
};
