/** The WFDL's gradient in the pixels, split at a radius, and the agreement of its phases between images. */
import { frequencyRadii } from '#core/frequency-weight/frequency-weight.ts';
import { radialMean } from '#core/frequency-weight/radial-mean.ts';
import { type ComplexMatrix, fft2, inverseFft2 } from '#core/spectrum/fft.ts';

const channels = 3;

/** A spectrum for each channel of an RGB image, unshifted. */
export type Spectra = readonly ComplexMatrix[];

/** @param pixels RGB, [side, side, 3] */
export const spectraOf = (pixels: Float32Array, side: number): Spectra =>
  Array.from({ length: channels }, (_, channel) =>
    fft2(
      Float64Array.from({ length: side * side }, (_, i) => pixels[i * channels + channel]),
      side,
      side,
    ),
  );

/** D = DFT2(y) - DFT2(x), reconstruction minus image. */
export const differenceOf = (reconstruction: Spectra, image: Spectra): Spectra =>
  reconstruction.map((of, channel) => ({
    ...of,
    real: of.real.map((value, at) => value - image[channel].real[at]),
    imaginary: of.imaginary.map((value, at) => value - image[channel].imaginary[at]),
  }));

/** Below this fraction of the largest |D|, a difference is rounding and has no phase. */
const rounding = 1e-12;

/** D / |D|, and 0 where there is no difference. */
const phasesOf = ({ rows, columns, real, imaginary }: ComplexMatrix): ComplexMatrix => {
  const size = real.map((value, at) => Math.hypot(value, imaginary[at]));
  const least = rounding * size.reduce((most, value) => Math.max(most, value), 0);
  const divided = (values: Float64Array): Float64Array =>
    values.map((value, at) => (size[at] > least ? value / size[at] : 0));
  return { rows, columns, real: divided(real), imaginary: divided(imaginary) };
};

/** The gradient of one image, without the zero frequency. */
export interface SplitGradient {
  /** Radii below the split, RGB [side, side, 3]. */
  readonly low: Float32Array;
  /** Radii from the split on, RGB [side, side, 3]. */
  readonly high: Float32Array;
  /** The share of `low` in the gradient's squared length, 0 to 1. */
  readonly lowShare: number;
}

const squaredLength = (values: Float32Array): number => values.reduce((sum, value) => sum + value * value, 0);

/**
 * Re IDFT2(w D / |D|) of each channel, in two parts that add up to the whole except the mean, without the factor 1 / 3 per
 * channel.
 * @param weight w(u, v), [side, side] unshifted, symmetric in the sign of (u, v)
 */
export const splitGradient = (difference: Spectra, weight: Float32Array, split: number): SplitGradient => {
  const side = difference[0].rows;
  const radii = frequencyRadii(side, side);
  const low = new Float32Array(side * side * channels);
  const high = new Float32Array(side * side * channels);
  difference.forEach((of, channel) => {
    const phases = phasesOf(of);
    const part = (isIn: (radius: number) => boolean): ComplexMatrix => {
      const weighted = (values: Float64Array): Float64Array =>
        values.map((value, at) => (at > 0 && isIn(radii[at]) ? weight[at] * value : 0));
      return inverseFft2({ ...phases, real: weighted(phases.real), imaginary: weighted(phases.imaginary) });
    };
    const lowPart = part((radius) => radius < split).real;
    const highPart = part((radius) => radius >= split).real;
    for (let i = 0, at = channel; i < side * side; i++, at += channels) {
      low[at] = lowPart[i];
      high[at] = highPart[i];
    }
  });
  const lowLength = squaredLength(low);
  return { low, high, lowShare: lowLength / (lowLength + squaredLength(high)) };
};

/** Sums the phases of images per frequency. */
export interface PhaseCoherence {
  /** Adds the difference of one image. */
  add(difference: Spectra): void;
  /**
   * |mean over images of D / |D||, as the mean over channels and over the frequencies of each ring, by radius from 0 on: 1 if all
   * phases agree, about `randomCoherence` if they are random.
   */
  byRadius(): Float64Array;
}

/** @param side S of the images, in pixels */
export const createPhaseCoherence = (side: number): PhaseCoherence => {
  const sums = Array.from({ length: channels }, () => ({
    real: new Float64Array(side * side),
    imaginary: new Float64Array(side * side),
  }));
  let count = 0;
  return {
    add: (difference) => {
      count++;
      difference.forEach((of, channel) => {
        const phases = phasesOf(of);
        const sum = sums[channel];
        for (let at = 0; at < side * side; at++) {
          sum.real[at] += phases.real[at];
          sum.imaginary[at] += phases.imaginary[at];
        }
      });
    },
    byRadius: () => {
      const mean = Float64Array.from({ length: side * side }, (_, at) =>
        sums.reduce(
          (total, { real, imaginary }) => total + Math.hypot(real[at], imaginary[at]) / (channels * count),
          0,
        ),
      );
      return radialMean(mean, side);
    },
  };
};

/** Expected length of the mean of `count` independent phases (Rayleigh): sqrt(pi / 4n). */
export const randomCoherence = (count: number): number => Math.sqrt(Math.PI / (4 * count));
