import { describe, expect, it } from 'vitest';
import { frequencyRadii } from '#core/frequency-weight/frequency-weight.ts';
import { createRng } from '#core/rng.ts';
import {
  createPhaseCoherence,
  differenceOf,
  randomCoherence,
  spectraOf,
  splitGradient,
} from './loss-gradient.ts';

const side = 8;
const split = 2.5;
const weight = Float32Array.from(frequencyRadii(side, side));

const noise = (seed: number): Float32Array => {
  const rng = createRng(seed, 'loss-gradient');
  return Float32Array.from({ length: side * side * 3 }, () => rng.uniform());
};

const image = spectraOf(noise(1), side);

/** Eq. 8 of three channels, without the zero frequency. */
const loss = (pixels: Float32Array): number =>
  differenceOf(spectraOf(pixels, side), image)
    .flatMap(({ real, imaginary }) =>
      Array.from(real, (value, at) => (at > 0 ? weight[at] * Math.hypot(value, imaginary[at]) : 0)),
    )
    .reduce((sum, value) => sum + value, 0) /
  (side * side);

describe('the gradient of the WFDL in the pixels', () => {
  it('is the slope of Eq. 8 at every pixel', () => {
    const pixels = noise(2);
    const difference = differenceOf(spectraOf(pixels, side), image);
    const { low, high } = splitGradient(difference, weight, split);
    // A power of two, so that the steps are exact in float32.
    const step = 2 ** -12;
    // A central difference errs by step^2 / 6 times the third derivative, and that of w |D| / MN is below 3 w / (MN |D|^2).
    const curvature = difference
      .flatMap(({ real, imaginary }) =>
        Array.from(real, (value, at) =>
          at > 0 ? (3 * weight[at]) / (side * side * (value ** 2 + imaginary[at] ** 2)) : 0,
        ),
      )
      .reduce((sum, value) => sum + value, 0);
    const tolerance = (step ** 2 / 6) * curvature + 2 ** -20;
    for (let at = 0; at < pixels.length; at++) {
      const moved = (by: number): Float32Array =>
        pixels.map((value, index) => (index === at ? value + by : value));
      const [up, down] = [moved(step), moved(-step)];
      const slope = (loss(up) - loss(down)) / (up[at] - down[at]);
      expect(Math.abs(low[at] + high[at] - slope)).toBeLessThan(tolerance);
    }
  });

  it('holds in each part only frequencies on its side of the split', () => {
    const { low, high } = splitGradient(differenceOf(spectraOf(noise(2), side), image), weight, split);
    const radii = frequencyRadii(side, side);
    const largestWhere = (pixels: Float32Array, isOutside: (radius: number) => boolean): number =>
      Math.max(
        ...spectraOf(pixels, side).flatMap(({ real, imaginary }) =>
          Array.from(real, (value, at) => (isOutside(radii[at]) ? Math.hypot(value, imaginary[at]) : 0)),
        ),
      );
    // Float32 pixels of at most 6: 192 values round to 6 * 2^-24 each.
    expect(largestWhere(low, (radius) => radius >= split || radius === 0)).toBeLessThan(64 * 6 * 2 ** -24);
    expect(largestWhere(high, (radius) => radius < split)).toBeLessThan(64 * 6 * 2 ** -24);
  });

  it('has a length that depends only on the weight, for any reconstruction', () => {
    const radii = Array.from(frequencyRadii(side, side));
    const squares = radii.map((radius) => radius * radius);
    const whole = squares.reduce((sum, value) => sum + value, 0);
    const lowest = squares.reduce((sum, value, at) => (radii[at] < split ? sum + value : sum), 0);
    for (const seed of [2, 3, 4]) {
      const { lowShare } = splitGradient(differenceOf(spectraOf(noise(seed), side), image), weight, split);
      expect(lowShare).toBeCloseTo(lowest / whole, 6);
    }
  });

  it('asks for nothing at a frequency without a difference', () => {
    const gray = spectraOf(new Float32Array(side * side * 3).fill(0.5), side);
    const black = spectraOf(new Float32Array(side * side * 3), side);
    const { low, high } = splitGradient(differenceOf(gray, black), weight, split);
    expect([...low, ...high].every((value) => value === 0)).toBe(true);
  });
});

describe('phase coherence', () => {
  const coherenceOf = (seeds: readonly number[]): Float64Array => {
    const coherence = createPhaseCoherence(side);
    const black = spectraOf(new Float32Array(side * side * 3), side);
    for (const seed of seeds) coherence.add(differenceOf(black, spectraOf(noise(seed), side)));
    return coherence.byRadius();
  };

  it('is 1 at every radius if all images are the same', () => {
    for (const value of coherenceOf([1, 1, 1])) expect(value).toBeCloseTo(1, 12);
  });

  it('of independent noise is that of random phases', () => {
    const count = 64;
    const values = coherenceOf(Array.from({ length: count }, (_, seed) => seed));
    // Ring 3 has 16 frequencies: with their conjugates 8 independent ones in 3 channels. A Rayleigh length has the standard
    // deviation 0.52 of its mean, so their mean lies within 4 * 0.52 / sqrt(24) = 0.43 of it.
    expect(Math.abs(values[3] / randomCoherence(count) - 1)).toBeLessThan(0.43);
    // The means of images are all positive: no phase is less random.
    expect(values[0]).toBeCloseTo(1, 12);
  });
});
