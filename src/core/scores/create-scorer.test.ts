import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { frequencyWeight } from '../frequency-weight/frequency-weight.ts';
import { presets } from '../presets.ts';
import { fft2 } from '../spectrum/fft.ts';
import { createScorer } from './create-scorer.ts';
import { type ScoreName, scoreNames } from './score-names.ts';
import { defaultScoreSettings, type ScoreSettings } from './score-settings.ts';

const settings = (score: ScoreName, more: Partial<ScoreSettings> = {}): ScoreSettings => ({
  ...defaultScoreSettings,
  score,
  ...more,
});

/** A black image, and a reconstruction with this plane in its first channel: the residual is the negative plane. */
const blackAgainst = (plane: ArrayLike<number>) => ({
  input: new Uint8Array(3 * plane.length),
  reconstruction: Float32Array.from({ length: 3 * plane.length }, (_, i) => (i % 3 === 0 ? plane[i / 3] : 0)),
});

const randomPair = (side: number, series: number) => {
  const input = Uint8Array.from(hashValues(3 * side * side, series, 0, 256));
  const noise = hashValues(3 * side * side, series + 1, -0.1, 0.15);
  return { input, reconstruction: Float32Array.from(input, (byte, i) => byte / 255 + noise[i]) };
};

describe('sum and mean', () => {
  // Residuals: pixel 0 (1, 0, 0), pixel 1 (0, -0.5, 0.25), the others 0; sum of squares 1 + 0.25 + 0.0625.
  const input = Uint8Array.of(255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0);
  const reconstruction = Float32Array.of(0, 0, 0, 0, 0.5, 0.75, 0, 0, 0, 0, 0, 0);

  it('are Eq. 9, and Eq. 9 divided by the number of values', () => {
    const result = createScorer(2, settings('sum')).score(input, reconstruction);
    // Channel sums 1, -0.5, 0.25: the means have (1 + 0.25 + 0.0625) / 4 of the energy.
    expect(result).toEqual({
      score: 1.3125,
      energy: 1.3125,
      meanEnergy: 0.328125,
      map: Float32Array.of(1, 0.3125, 0, 0),
    });
    expect(createScorer(2, settings('mean')).scoreOnly(input, reconstruction).score).toBe(1.3125 / 12);
  });

  it('lose only the mean at 0.5, and report its energy', () => {
    const result = createScorer(2, settings('sum', { bandLow: 0.5 })).score(input, reconstruction);
    expect(result.score).toBe(1.3125 - 0.328125);
    expect(result.energy).toBe(1.3125);
    expect(result.meanEnergy).toBe(0.328125);
  });

  it('of a band is the energy of its coefficients (Parseval)', () => {
    const side = 32;
    const { input: x, reconstruction: y } = randomPair(side, 5);
    let expected = 0;
    for (let channel = 0; channel < 3; channel++) {
      const residual = Float64Array.from({ length: side * side }, (_, pixel) => {
        const at = 3 * pixel + channel;
        return x[at] / 255 - y[at];
      });
      const { real, imaginary } = fft2(residual, side, side);
      for (let u = -side / 2; u < side / 2; u++) {
        for (let v = -side / 2; v < side / 2; v++) {
          const at = ((u + side) % side) * side + ((v + side) % side);
          const inBand = Math.hypot(u, v) >= 2.5 && Math.hypot(u, v) <= 11;
          if (inBand) expected += (real[at] ** 2 + imaginary[at] ** 2) / side ** 2;
        }
      }
    }
    const actual = createScorer(side, settings('sum', { bandLow: 2.5, bandHigh: 11 })).scoreOnly(x, y).score;
    expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-12);
  });
});

describe('top-share', () => {
  it('is the mean of the largest values', () => {
    // Residuals -0 .. -15/16: a quarter of 16 pixels is the four largest: (15^2 + 14^2 + 13^2 + 12^2) / 256 / 4.
    const { input, reconstruction } = blackAgainst(Array.from({ length: 16 }, (_, i) => ((i * 7) % 16) / 16));
    const score = (topPercent: number) =>
      createScorer(4, settings('top-share', { topPercent })).scoreOnly(input, reconstruction).score;
    expect(score(25)).toBe((225 + 196 + 169 + 144) / 1024);
    // 0.1 % of 16 pixels is rounded up to one. All pixels have the sum 1240, over 16.
    expect(score(0.1)).toBe(225 / 256);
    expect(score(100)).toBe(1240 / 256 / 16);
  });

  it('takes only as many equal values as it needs', () => {
    const { input, reconstruction } = blackAgainst([1, 0.5, 0.5, 0.5, 0.5, ...Array(11).fill(0)]);
    // Three of 16 pixels: 1, 1/4 and 1/4.
    const scorer = createScorer(4, settings('top-share', { topPercent: (3 / 16) * 100 }));
    expect(scorer.scoreOnly(input, reconstruction).score).toBe(0.5);
  });

  it('matches sorting', () => {
    const { input, reconstruction } = randomPair(32, 7);
    const { map } = createScorer(32, settings('sum')).score(input, reconstruction);
    const sorted = map.toSorted().reverse();
    for (const topPercent of [0.5, 1, 10, 60]) {
      const count = Math.ceil((topPercent / 100) * 1024);
      const expected = sorted.slice(0, count).reduce((sum, value) => sum + value, 0) / count;
      const { score } = createScorer(32, settings('top-share', { topPercent })).scoreOnly(
        input,
        reconstruction,
      );
      // The map is float32: each value has a relative error of at most 2^-24.
      expect(Math.abs(score / expected - 1)).toBeLessThan(2 ** -24);
    }
  });
});

describe('blurred-maximum', () => {
  const side = 64;
  const impulseAt = (row: number, column: number) =>
    blackAgainst(Array.from({ length: side * side }, (_, i) => (i === row * side + column ? 1 : 0)));
  // Sigma 4 at side 256 is 1 here, truncated at 4 sigma: exp(-t^2 / 2), t = -4 to 4, over their sum.
  const raw = [0, 1, 2, 3, 4].map((t) => Math.exp(-(t ** 2) / 2));
  const [g0, g1, g2] = raw.map((tap) => tap / (2 * raw.reduce((sum, other) => sum + other) - raw[0]));

  it('spreads a single pixel into the Gaussian', () => {
    const { input, reconstruction } = impulseAt(20, 30);
    const { score, map } = createScorer(side, settings('blurred-maximum')).score(input, reconstruction);
    expect(score).toBeCloseTo(g0 * g0, 14);
    expect(map[20 * side + 31]).toBe(Math.fround(g0 * g1));
    expect(map[22 * side + 29]).toBeCloseTo(g2 * g1, 7);
    expect(map[20 * side + 35]).toBe(0);
  });

  it('reflects at the border', () => {
    const { input, reconstruction } = impulseAt(0, 0);
    const { score, map } = createScorer(side, settings('blurred-maximum')).score(input, reconstruction);
    expect(score).toBeCloseTo((g0 + g1) ** 2, 14);
    expect(map[1]).toBeCloseTo((g0 + g1) * (g1 + g2), 7);
    expect(map.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
  });
});

describe('spectral', () => {
  const side = 8;

  it('is the weighted spectrum of one wave: sqrt(5) at (1, 2)', () => {
    // A cosine of amplitude 1/4 has |D| = 64 / 8 at +-(1, 2): 2 * sqrt(5) * 8 over 64 frequencies and 3 channels.
    const wave = Float64Array.from(
      { length: side * side },
      (_, i) => 0.25 * Math.cos((2 * Math.PI * (Math.floor(i / side) + 2 * (i % side))) / side),
    );
    const { input, reconstruction } = blackAgainst(wave);
    const weight = frequencyWeight({ ...presets.paper, weight: 'radial', dcWeight: 0 }, side, side);
    const { score, map } = createScorer(side, settings('spectral'), { weight }).score(input, reconstruction);
    // The reconstruction is float32: an error of at most 2^-26 per value, summed by the transform with weights below 6.
    expect(Math.abs(score - (16 * Math.sqrt(5)) / 192)).toBeLessThan(1e-6);
    // The wave times sqrt(5), squared.
    expect(
      largestDifference(
        map,
        wave.map((value) => 5 * value * value),
      ),
    ).toBeLessThan(1e-6);
    const outside = settings('spectral', { bandLow: 3 });
    expect(createScorer(side, outside, { weight }).scoreOnly(input, reconstruction).score).toBeLessThan(1e-6);
  });

  it('matches Eq. 8 term by term, for an asymmetric weight and a band', () => {
    const { input, reconstruction } = randomPair(16, 11);
    const weight = frequencyWeight({ ...presets.paper, weight: 'radial-literal', dcWeight: 1 }, 16, 16);
    const [low, high] = [1.5, 6];
    let sum = 0;
    for (let channel = 0; channel < 3; channel++) {
      const residual = Float64Array.from({ length: 256 }, (_, pixel) => {
        const at = 3 * pixel + channel;
        return input[at] / 255 - reconstruction[at];
      });
      const { real, imaginary } = fft2(residual, 16, 16);
      for (let u = 0; u < 16; u++) {
        for (let v = 0; v < 16; v++) {
          const radius = Math.hypot(u < 8 ? u : u - 16, v < 8 ? v : v - 16);
          const at = u * 16 + v;
          if (radius >= low && radius <= high) sum += weight[at] * Math.hypot(real[at], imaginary[at]);
        }
      }
    }
    const band = settings('spectral', { bandLow: low, bandHigh: high });
    const { score } = createScorer(16, band, { weight }).scoreOnly(input, reconstruction);
    expect(Math.abs(score / (sum / 768) - 1)).toBeLessThan(1e-12);
  });

  it('requires a weight of the image size', () => {
    expect(() => createScorer(8, settings('spectral'))).toThrow('needs 8 x 8 weights, got none');
    expect(() => createScorer(8, settings('spectral'), { weight: new Float32Array(16) })).toThrow('got 16');
  });
});

describe('every score', () => {
  const side = 32;
  const weight = frequencyWeight({ ...presets.paper, weight: 'radial', dcWeight: 1 }, side, side);
  const perfect = Uint8Array.from(hashValues(3 * side * side, 21, 0, 256), (byte) => (byte < 128 ? 0 : 255));

  for (const score of scoreNames) {
    it(`${score}: is 0 for a perfect reconstruction, and for one that is perfect in the band`, () => {
      const exact = Float32Array.from(perfect, (byte) => byte / 255);
      const brighter = exact.map((value) => value + 0.25);
      const whole = createScorer(side, settings(score), { weight });
      expect(whole.score(perfect, exact)).toMatchObject({ score: 0, map: new Float32Array(side * side) });
      expect(whole.scoreOnly(perfect, brighter).score).toBeGreaterThanOrEqual(
        score === 'gradient' ? 0 : 1e-3,
      );
      const withoutMean = createScorer(side, settings(score, { bandLow: 0.5 }), { weight });
      expect(withoutMean.scoreOnly(perfect, brighter).score).toBeLessThan(1e-12);
    });

    it(`${score}: is the same with and without the map, with the array of the caller or a new one`, () => {
      const { input, reconstruction } = randomPair(side, 31);
      const scorer = createScorer(side, settings(score, { bandLow: 2.5 }), { weight });
      const map = new Float32Array(side * side);
      const first = scorer.score(input, reconstruction, map);
      expect(first.map).toBe(map);
      const second = scorer.score(input, reconstruction);
      expect(second.map).toEqual(map);
      expect(second.map).not.toBe(map);
      expect(scorer.scoreOnly(input, reconstruction).score).toBe(first.score);
    });

    it(`${score}: is NaN for a NaN reconstruction, which does not affect the next image`, () => {
      const { input, reconstruction } = randomPair(side, 41);
      const scorer = createScorer(side, settings(score, { bandLow: 2.5, bandHigh: 9 }), { weight });
      const before = scorer.score(input, reconstruction);
      const broken = reconstruction.slice();
      broken[700] = Number.NaN;
      const result = scorer.score(input, broken);
      expect(result.score).toBeNaN();
      expect(result.map.every(Number.isNaN)).toBe(true);
      expect(scorer.score(input, reconstruction)).toEqual(before);
    });
  }

  it('rejects images of another size', () => {
    const scorer = createScorer(side, settings('sum'));
    expect(() => scorer.scoreOnly(new Uint8Array(12), new Float32Array(12))).toThrow(
      'of 3072 values, got 12',
    );
  });
});
