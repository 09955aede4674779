/** The log-magnitude spectra on the page, as in Figs. 1, 2 and 6 of the paper. */
import { type ComplexMatrix, fft2 } from './fft.ts';
import { fftshift } from './fftshift.ts';

/** Adds |F| of the two real images with the joint transform `packed`: the first is its real part, the second imaginary. */
const addMagnitudes = ({ rows, columns, real, imaginary }: ComplexMatrix, sums: Float64Array): void => {
  for (let row = 0; row < rows; row++) {
    const mirrorRow = (rows - row) % rows;
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const mirror = mirrorRow * columns + ((columns - column) % columns);
      // F1 = (Z(k) + conj Z(-k)) / 2 and F2 = (Z(k) - conj Z(-k)) / 2i.
      const firstReal = real[at] + real[mirror];
      const firstImaginary = imaginary[at] - imaginary[mirror];
      const secondReal = imaginary[at] + imaginary[mirror];
      const secondImaginary = real[mirror] - real[at];
      sums[at] +=
        (Math.sqrt(firstReal * firstReal + firstImaginary * firstImaginary) +
          Math.sqrt(secondReal * secondReal + secondImaginary * secondImaginary)) /
        2;
    }
  }
};

/** One channel of interleaved pixels; zeros after the last channel, to complete the last pair of an odd count. */
const channelPlane = (pixels: Float32Array, area: number, channels: number, index: number): Float64Array => {
  const plane = new Float64Array(area);
  if (index < channels) for (let i = 0, at = index; i < area; i++, at += channels) plane[i] = pixels[at];
  return plane;
};

/**
 * log(1 + mean over channels of |F(u, v)|), natural logarithm, F as in Eq. 2.
 * @param pixels [side, side, C] row-major, any C
 * @param side a power of two
 * @returns [side, side], fftshifted: signed frequencies -side/2..side/2-1, zero frequency at [side / 2, side / 2]
 * @throws RangeError if the last channel is incomplete, or the side is no power of two
 */
export const logMagnitudeSpectrum = (pixels: Float32Array, side: number): Float32Array => {
  const area = side * side;
  const channels = pixels.length / area;
  if (!Number.isInteger(channels) || channels < 1) {
    throw new RangeError(`Expected whole channels of ${side} x ${side} values, got ${pixels.length} values.`);
  }
  const sums = new Float64Array(area);
  // Two real channels share one complex transform.
  for (let index = 0; index < channels; index += 2) {
    const first = channelPlane(pixels, area, channels, index);
    const second = channelPlane(pixels, area, channels, index + 1);
    addMagnitudes(fft2(first, side, side, second), sums);
  }
  const spectrum = new Float32Array(area);
  for (let i = 0; i < area; i++) spectrum[i] = Math.log1p(sums[i] / channels);
  return fftshift(spectrum, side, side);
};

/**
 * `logMagnitudeSpectrum` of `input - reconstruction`: log(1 + mean over channels of |F - F^|).
 * @throws RangeError if the two differ in length, and as `logMagnitudeSpectrum`
 */
export const logMagnitudeDifference = (
  input: Float32Array,
  reconstruction: Float32Array,
  side: number,
): Float32Array => {
  if (input.length !== reconstruction.length) {
    throw new RangeError(
      `Expected two images of one size, got ${input.length} and ${reconstruction.length} values.`,
    );
  }
  return logMagnitudeSpectrum(
    input.map((value, i) => value - reconstruction[i]),
    side,
  );
};
