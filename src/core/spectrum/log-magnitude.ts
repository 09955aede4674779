/** The log-magnitude spectra on the page, as in Figs. 1, 2 and 6 of the paper. */
import { type ComplexMatrix, fft2 } from './fft.ts';
import { fftshift } from './fftshift.ts';
import { radialSums } from './radial-power.ts';

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

/** The spectrum of one image, as the page shows it. */
export interface ShownSpectrum {
  /**
   * log(1 + mean over channels of |F(u, v)|), natural logarithm, F as in Eq. 2: [S, S], fftshifted, with signed frequencies
   * -S/2..S/2-1 and the zero frequency at [S / 2, S / 2].
   */
  readonly logMagnitude: Float32Array;
  /** `radialPower` of the image. */
  readonly power: Float32Array;
}

/**
 * Transforms an image once, for both of its spectra.
 * @param pixels [side, side, C] row-major, any C
 * @param side a power of two
 * @throws RangeError if the last channel is incomplete, or the side is no power of two
 */
export const shownSpectrum = (pixels: Float32Array, side: number): ShownSpectrum => {
  const area = side * side;
  const channels = pixels.length / area;
  if (!Number.isInteger(channels) || channels < 1) {
    throw new RangeError(`Expected whole channels of ${side} x ${side} values, got ${pixels.length} values.`);
  }
  const magnitudes = new Float64Array(area);
  const power = radialSums(side);
  // Two real channels share one complex transform.
  for (let index = 0; index < channels; index += 2) {
    const first = channelPlane(pixels, area, channels, index);
    const second = channelPlane(pixels, area, channels, index + 1);
    const packed = fft2(first, side, side, second);
    addMagnitudes(packed, magnitudes);
    power.add(packed);
  }
  const logMagnitude = new Float32Array(area);
  for (let i = 0; i < area; i++) logMagnitude[i] = Math.log1p(magnitudes[i] / channels);
  return {
    logMagnitude: fftshift(logMagnitude, side, side),
    power: Float32Array.from(power.mean(channels)),
  };
};

/**
 * `shownSpectrum` of the residual `input - reconstruction`: log(1 + mean over channels of |F - F^|), and its power.
 * @throws RangeError if the two differ in length, and as `shownSpectrum`
 */
export const residualSpectrum = (
  input: Float32Array,
  reconstruction: Float32Array,
  side: number,
): ShownSpectrum => {
  if (input.length !== reconstruction.length) {
    throw new RangeError(
      `Expected two images of one size, got ${input.length} and ${reconstruction.length} values.`,
    );
  }
  return shownSpectrum(
    input.map((value, i) => value - reconstruction[i]),
    side,
  );
};
