/** The weighted frequency domain loss by its definition in float64, the reference of the kernels' tests. */
import { fft2, inverseFft2 } from '#core/spectrum/fft.ts';

/**
 * Eq. 8 and its gradient with respect to y.
 * @param shape batch, rows, columns, channels of x and y
 */
export const referenceWfdl = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weight: ArrayLike<number>,
  [batch, rows, columns, channels]: readonly [number, number, number, number],
): { loss: number; gradient: Float64Array } => {
  const gradient = new Float64Array(batch * rows * columns * channels);
  let sum = 0;
  for (let plane = 0; plane < batch * channels; plane++) {
    const start = Math.floor(plane / channels) * rows * columns * channels + (plane % channels);
    const difference = Float64Array.from(
      { length: rows * columns },
      (_, i) => y[start + i * channels] - x[start + i * channels],
    );
    const spectrum = fft2(difference, rows, columns);
    for (let i = 0; i < weight.length; i++) {
      const magnitude = Math.hypot(spectrum.real[i], spectrum.imaginary[i]);
      sum += weight[i] * magnitude;
      const factor = magnitude === 0 ? 0 : weight[i] / magnitude;
      spectrum.real[i] *= factor;
      spectrum.imaginary[i] *= factor;
    }
    inverseFft2(spectrum).real.forEach((value, i) => {
      gradient[start + i * channels] = value / (batch * channels);
    });
  }
  return { loss: sum / gradient.length, gradient };
};
