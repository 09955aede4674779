import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { type ComplexMatrix, fft2, inverseFft2 } from './fft.ts';
import { shownSpectrum } from './log-magnitude.ts';
import { bandGain, type RadialBand } from './radial-band.ts';
import { createRadialFilter } from './radial-filter.ts';

const side = 32;
const area = side * side;
const everything = Number.POSITIVE_INFINITY;

const noise = (): Float32Array => {
  const rng = createRng(7, 'radial-filter');
  return Float32Array.from({ length: area * 3 }, () => rng.uniform());
};

const signed = (index: number): number => (index < side / 2 ? index : index - side);

const gainAt = (band: RadialBand, at: number): number =>
  bandGain(band, signed(Math.floor(at / side)) ** 2 + signed(at % side) ** 2);

const channelOf = (pixels: Float32Array, channel: number): Float64Array =>
  Float64Array.from({ length: area }, (_, i) => pixels[3 * i + channel]);

/** The definition for one channel: the plain transform, a product term by term, and the inverse. */
const filteredByDefinition = (pixels: Float32Array, channel: number, band: RadialBand): ComplexMatrix => {
  const spectrum = fft2(channelOf(pixels, channel), side, side);
  return inverseFft2({
    ...spectrum,
    real: spectrum.real.map((value, at) => value * gainAt(band, at)),
    imaginary: spectrum.imaginary.map((value, at) => value * gainAt(band, at)),
  });
};

const largestGap = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

const bands: Readonly<Record<string, RadialBand>> = {
  'an ideal low-pass': { inner: 0, outer: 5, edges: 'ideal' },
  'an ideal high-pass': { inner: 5, outer: everything, edges: 'ideal' },
  'an ideal band': { inner: 3.5, outer: 9, edges: 'ideal' },
  'an ideal band beyond Nyquist': { inner: 17, outer: 20, edges: 'ideal' },
  'a Gaussian low-pass': { inner: 0, outer: 2, edges: 'gaussian' },
  'a Gaussian high-pass': { inner: 2, outer: everything, edges: 'gaussian' },
  'a Gaussian band': { inner: 2, outer: 6, edges: 'gaussian' },
  'a band with only the mean': { inner: 0, outer: 0, edges: 'ideal' },
  'a band without the mean': { inner: 0.5, outer: everything, edges: 'ideal' },
};

describe('a radial filter', () => {
  for (const [name, band] of Object.entries(bands)) {
    it(`is ${name} of each channel by definition`, () => {
      const pixels = noise();
      const { pixels: filtered } = createRadialFilter(pixels, side).apply(band);
      for (let channel = 0; channel < 3; channel++) {
        const expected = filteredByDefinition(pixels, channel, band).real;
        // The result is float32 of size below 2, rounded to 2^-24. A Gaussian is truncated below 2^-24, which removes a similar
        // amount of noise with a root mean square of 0.3.
        expect(largestGap(channelOf(filtered, channel), expected)).toBeLessThan(2 ** -23);
      }
    });

    it(`returns the residual, its energy and the passed fraction of ${name}`, () => {
      const pixels = noise();
      const result = createRadialFilter(pixels, side).apply(band);
      let kept = 0;
      let whole = 0;
      let removed = 0;
      const map = new Float64Array(area);
      for (let i = 0; i < pixels.length; i++) {
        kept += result.pixels[i] ** 2;
        whole += pixels[i] ** 2;
        const gap = pixels[i] - result.pixels[i];
        map[Math.floor(i / 3)] += gap * gap;
        removed += gap * gap;
      }
      // Sums of 3072 float32 values with relative errors of 2^-24; a fraction of 0 is compared directly.
      expect(largestGap(result.residual, map)).toBeLessThan(1e-6);
      expect(Math.abs(result.residualEnergy - removed)).toBeLessThan(1e-6 * whole);
      expect(result.passedEnergy.defined && Math.abs(result.passedEnergy.value - kept / whole)).toBeLessThan(
        1e-6,
      );
    });
  }

  it('returns the image if nothing is removed', () => {
    const pixels = noise();
    const result = createRadialFilter(pixels, side).apply({ inner: 0, outer: everything, edges: 'ideal' });
    expect(largestGap(result.pixels, pixels)).toBeLessThan(2 ** -24);
    expect(result.passedEnergy).toEqual({ defined: true, value: 1 });
    expect(result.passedEnergyBesideMean.defined && result.passedEnergyBesideMean.value).toBeCloseTo(1, 12);
  });

  it('passes a cosine if the band includes its radius', () => {
    // Mean 1/2, and a cosine of amplitude 1/4 at radius 5 (u = 3, v = 4) in one channel: energies 1/4 and 1/32 per pixel.
    const pixels = new Float32Array(area * 3);
    for (let i = 0; i < area; i++) {
      const turn = (3 * Math.floor(i / side) + 4 * (i % side)) / side;
      pixels[3 * i + 1] = 0.5 + 0.25 * Math.cos(2 * Math.PI * turn);
    }
    const filter = createRadialFilter(pixels, side);
    const high = filter.apply({ inner: 5, outer: everything, edges: 'ideal' });
    expect(high.passedEnergy.defined && high.passedEnergy.value).toBeCloseTo(1 / 32 / (1 / 4 + 1 / 32), 6);
    expect(high.passedEnergyBesideMean.defined && high.passedEnergyBesideMean.value).toBeCloseTo(1, 6);
    const low = filter.apply({ inner: 0, outer: 4.9, edges: 'ideal' });
    expect(low.passedEnergy.defined && low.passedEnergy.value).toBeCloseTo(1 / 4 / (1 / 4 + 1 / 32), 6);
    expect(low.passedEnergyBesideMean.defined && low.passedEnergyBesideMean.value).toBeCloseTo(0, 6);
    // Without the mean: energy 1/4 per pixel, for S^2 pixels.
    expect(filter.apply({ inner: 0.5, outer: everything, edges: 'ideal' }).residualEnergy).toBeCloseTo(
      area / 4,
      3,
    );
  });

  it('returns the spectrum of the filtered image', () => {
    const pixels = noise();
    const filter = createRadialFilter(pixels, side);
    // Magnitudes up to 500 by two transforms, then float32.
    expect(largestGap(filter.spectrum, shownSpectrum(pixels, side).logMagnitude)).toBeLessThan(1e-6);
    for (const band of Object.values(bands)) {
      const { pixels: filtered, spectrum } = filter.apply(band);
      // The filtered pixels are float32: where their spectrum should be 0, it has rounding noise of 2^-25 sqrt(S^2) = 1e-6.
      expect(largestGap(spectrum, shownSpectrum(filtered, side).logMagnitude)).toBeLessThan(1e-5);
    }
  });

  it('leaves the fraction undefined without energy', () => {
    const black = createRadialFilter(new Float32Array(area * 3), side);
    expect(black.apply(bands['an ideal low-pass']).passedEnergy).toEqual({
      defined: false,
      reason: 'the image is black',
    });
    const gray = createRadialFilter(new Float32Array(area * 3).fill(0.3), side);
    const result = gray.apply(bands['an ideal low-pass']);
    expect(result.passedEnergy).toEqual({ defined: true, value: 1 });
    expect(result.passedEnergyBesideMean).toEqual({ defined: false, reason: 'the image is of one color' });
  });

  it('returns the fraction of the energy besides the mean within each radius', () => {
    const pixels = noise();
    const filter = createRadialFilter(pixels, side);
    const { energyWithin } = filter;
    // The corner is at 16 sqrt 2 = 22.6.
    expect(energyWithin).toHaveLength(24);
    for (const radius of [0, 1, 7, 23]) {
      const { passedEnergyBesideMean } = filter.apply({ inner: 0, outer: radius, edges: 'ideal' });
      expect(passedEnergyBesideMean.defined && passedEnergyBesideMean.value).toBeCloseTo(
        energyWithin?.[radius] ?? -1,
        12,
      );
    }
    expect(createRadialFilter(new Float32Array(area * 3).fill(0.3), side).energyWithin).toBeUndefined();
  });

  it('rejects pixels that are not three channels of the side', () => {
    expect(() => createRadialFilter(new Float32Array(area), side)).toThrow(
      '32 x 32 x 3 = 3072 values, got 1024',
    );
  });
});
