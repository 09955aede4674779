/** Low-, high- and band-pass of an RGB image, fast enough to follow a slider: Fig. 1 of the paper, live. */
import type { Metric } from '../history.ts';
import { createRealFft2 } from './fast-fft.ts';
import { bandGain, cornerRadius, fillGains, lowPassReach, type RadialBand } from './radial-band.ts';

const channels = 3;

/** A filtered image. The filter owns the arrays, and the next call overwrites them. */
export interface FilteredImage {
  /** RGB, [S, S, 3]; outside [0, 1] if the mean was removed, and possibly near edges. */
  readonly pixels: Float32Array;
  /** log(1 + gain * mean over channels of |F|), [S, S], fftshifted. */
  readonly spectrum: Float32Array;
  /** Squared difference from the image, summed over channels, [S, S]: the summand of Eq. 9 with this as reconstruction. */
  readonly residual: Float32Array;
  /** Sum of `residual`: Eq. 9. */
  readonly residualEnergy: number;
  /** Fraction of the image's energy that passes, 0 to 1; undefined for a black image. */
  readonly passedEnergy: Metric;
  /** The same fraction without the zero frequency; undefined for an image of one color. */
  readonly passedEnergyBesideMean: Metric;
}

/** An image's spectrum, ready for repeated filtering. */
export interface RadialFilter {
  readonly side: number;
  /** RGB, [S, S, 3]: the original image. */
  readonly pixels: Float32Array;
  /** log(1 + mean over channels of |F|), [S, S], fftshifted. */
  readonly spectrum: Float32Array;
  /**
   * Fraction of the energy besides the mean within a radius of r = 0, 1, ... ceil(S / sqrt 2), 0 to 1; undefined for an image
   * of one color.
   */
  readonly energyWithin: Float64Array | undefined;
  /** Filters each channel separately. */
  apply(band: RadialBand): FilteredImage;
}

interface ChannelSpectrum {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

const shareOf = (kept: number, whole: number, reason: string): Metric =>
  whole > 0 ? { defined: true, value: kept / whole } : { defined: false, reason };

/** Fraction of the energy besides the mean within each integer radius, from the power by |u| and |v|. */
const cumulativeEnergy = (power: Float64Array, side: number): Float64Array => {
  const count = side / 2 + 1;
  const within = new Float64Array(Math.ceil(cornerRadius(side)) + 1);
  for (let u = 0, at = 0; u < count; u++) {
    for (let v = 0; v < count; v++, at++) {
      if (at > 0) within[Math.ceil(Math.sqrt(u * u + v * v))] += power[at];
    }
  }
  for (let radius = 1; radius < within.length; radius++) within[radius] += within[radius - 1];
  const whole = within[within.length - 1];
  return within.map((value) => value / whole);
};

/**
 * Transforms an image once.
 * @param pixels RGB, [side, side, 3] in [0, 1]; retained, not copied
 * @param side a power of two, at least 2
 * @throws RangeError if the pixels are not three channels, or the side is no power of two of at least 2
 */
export const createRadialFilter = (pixels: Float32Array, side: number): RadialFilter => {
  const area = side * side;
  if (pixels.length !== area * channels) {
    throw new RangeError(
      `Expected ${side} x ${side} x ${channels} = ${area * channels} values, got ${pixels.length}.`,
    );
  }
  const half = side / 2;
  const count = half + 1;
  const fft = createRealFft2(side);
  const { rowOfFrequency } = fft;

  /** |F|^2 summed over channels, and over the up to four frequencies with the same |u| and |v|. */
  const power = new Float64Array(count * count);
  const plane = new Float64Array(area);
  const spectra = Array.from({ length: channels }, (_, channel): ChannelSpectrum => {
    for (let i = 0, from = channel; i < area; i++, from += channels) plane[i] = pixels[from];
    fft.load(plane);
    fft.forward(count);
    const [real, imaginary] = [fft.real.slice(), fft.imaginary.slice()];
    for (let v = 0; v < side; v++) {
      for (let u = 0; u < count; u++) {
        const at = rowOfFrequency[v] * count + u;
        // The half spectrum has u = 0 and side / 2 once; every other u stands for u and -u.
        const times = u === 0 || u === half ? 1 : 2;
        power[u * count + Math.min(v, side - v)] +=
          times * (real[at] * real[at] + imaginary[at] * imaginary[at]);
      }
    }
    return { real, imaginary };
  });
  const energy = power.reduce((sum, value) => sum + value, 0) / area;
  const meanEnergy = power[0] / area;

  /** Mean over channels of |F|, fftshifted; |F(-u, -v)| = |F(u, v)| supplies the other half. */
  const magnitude = new Float64Array(area);
  for (let row = 0, to = 0; row < side; row++) {
    const u = row - half;
    for (let column = 0; column < side; column++, to++) {
      const v = u < 0 ? half - column : column - half;
      const at = rowOfFrequency[(v + side) % side] * count + Math.abs(u);
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) {
        const { real, imaginary } = spectra[channel];
        sum += Math.sqrt(real[at] * real[at] + imaginary[at] * imaginary[at]);
      }
      magnitude[to] = sum / channels;
    }
  }
  // Less than the rounding of sums of this size counts as no energy.
  const besideMean = energy - meanEnergy > energy * 1e-12 ? energy - meanEnergy : 0;
  const energyWithin = besideMean > 0 ? cumulativeEnergy(power, side) : undefined;

  const spectrum = new Float32Array(area);
  for (let i = 0; i < area; i++) spectrum[i] = Math.log1p(magnitude[i]);
  const gains = new Float64Array(count * count);
  const filtered = {
    pixels: new Float32Array(pixels.length),
    spectrum: new Float32Array(area),
    residual: new Float32Array(area),
  };

  const filterSpectrum = (): void => {
    for (let row = 0, to = 0; row < side; row++) {
      const gainRow = Math.abs(row - half) * count;
      for (let column = 0; column < side; column++, to++) {
        const gain = gains[gainRow + Math.abs(column - half)];
        if (gain === 0) filtered.spectrum[to] = 0;
        else if (gain === 1) filtered.spectrum[to] = spectrum[to];
        else filtered.spectrum[to] = Math.log1p(gain * magnitude[to]);
      }
    }
  };

  /** Loads one channel times the gains, or times 1 minus the gains, into the transform and inverts it. */
  const invert = ({ real, imaginary }: ChannelSpectrum, columns: number, complement: boolean): void => {
    for (let v = 0; v < side; v++) {
      const from = rowOfFrequency[v] * count;
      const to = rowOfFrequency[v] * columns;
      const gainRow = Math.min(v, side - v) * count;
      for (let u = 0; u < columns; u++) {
        const gain = complement ? 1 - gains[gainRow + u] : gains[gainRow + u];
        fft.real[to + u] = gain * real[from + u];
        fft.imaginary[to + u] = gain * imaginary[from + u];
      }
    }
    fft.inverse(columns);
  };

  const filterPixels = (band: RadialBand): void => {
    // Without an upper cut-off, the removed frequencies are low, so only few columns are transformed.
    const complement = band.outer === Number.POSITIVE_INFINITY;
    const reach = lowPassReach(complement ? band.inner : band.outer, band.edges);
    const columns = Math.min(count, Math.floor(reach) + 1);
    filtered.residual.fill(0);
    for (const [channel, channelSpectrum] of spectra.entries()) {
      invert(channelSpectrum, columns, complement);
      for (let row = 0, pixel = 0, from = 0; row < side; row++) {
        for (const part of [fft.left, fft.right]) {
          for (let x = 0; x < half; x++, pixel++) {
            const at = pixel * channels + channel;
            const inverted = part[from + x];
            const left = complement ? pixels[at] - inverted : inverted;
            const removed = pixels[at] - left;
            filtered.pixels[at] = left;
            filtered.residual[pixel] += removed * removed;
          }
        }
        from += half;
      }
    }
  };

  return {
    side,
    pixels,
    spectrum,
    energyWithin,
    apply: (band) => {
      fillGains(gains, side, band);
      filterSpectrum();
      filterPixels(band);
      let kept = 0;
      let removed = 0;
      for (let i = 0; i < power.length; i++) {
        kept += gains[i] ** 2 * power[i];
        removed += (1 - gains[i]) ** 2 * power[i];
      }
      const keptMean = bandGain(band, 0) ** 2 * meanEnergy;
      return {
        ...filtered,
        // Parseval: the sum over frequencies times 1 / S^2 equals that over pixels.
        residualEnergy: removed / area,
        passedEnergy: shareOf(kept / area, energy, 'the image is black'),
        passedEnergyBesideMean: shareOf(kept / area - keptMean, besideMean, 'the image is of one color'),
      };
    },
  };
};
