/** The focal frequency loss by its definition in float64, the reference of the kernels' tests. */
import { fft2, inverseFft2 } from '#core/spectrum/fft.ts';

type Shape = readonly [batch: number, rows: number, columns: number, channels: number];

/** D of each channel of each image, and the index of its first pixel. */
const planesOf = (x: ArrayLike<number>, y: ArrayLike<number>, [batch, rows, columns, channels]: Shape) =>
  Array.from({ length: batch * channels }, (_, plane) => {
    const start = Math.floor(plane / channels) * rows * columns * channels + (plane % channels);
    const difference = Float64Array.from({ length: rows * columns }, (_, i) => {
      const at = start + i * channels;
      return y[at] - x[at];
    });
    const spectrum = fft2(difference, rows, columns);
    const magnitudes = spectrum.real.map((real, i) => Math.hypot(real, spectrum.imaginary[i]));
    return { start, spectrum, magnitudes };
  });

/** The weights of the loss at y, [batch * channels] of [rows * columns], which are constants to the gradient. */
export const focalWeights = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  alpha: number,
  shape: Shape,
): Float64Array[] =>
  planesOf(x, y, shape).map(({ magnitudes }) => {
    const largest = magnitudes.reduce((most, value) => Math.max(most, value), 0);
    return magnitudes.map((value) => (largest === 0 ? 0 : (value / largest) ** alpha));
  });

/**
 * The loss with these weights, and its gradient with respect to y.
 * @param weights as `focalWeights` makes them
 */
export const referenceFocal = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights: readonly Float64Array[],
  shape: Shape,
): { loss: number; gradient: Float64Array } => {
  const [batch, rows, columns, channels] = shape;
  const scale = 1 / (batch * channels * rows * columns);
  const gradient = new Float64Array(x.length);
  let sum = 0;
  planesOf(x, y, shape).forEach(({ start, spectrum, magnitudes }, plane) => {
    weights[plane].forEach((weight, i) => {
      sum += weight * magnitudes[i] ** 2;
      spectrum.real[i] *= weight;
      spectrum.imaginary[i] *= weight;
    });
    inverseFft2(spectrum).real.forEach((value, i) => {
      gradient[start + i * channels] = 2 * scale * value;
    });
  });
  return { loss: (sum * scale) / (rows * columns), gradient };
};
