import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import golden from '#testing/golden/calibration.golden.json';
import { createScorer } from '../scores/create-scorer.ts';
import { createScoreScratch } from '../scores/score-scratch.ts';
import { defaultScoreSettings, type ScoreSettings } from '../scores/score-settings.ts';
import { calibrate } from './calibration.ts';
import { evenlySpaced } from './calibration-images.ts';
import { leftOver } from './left-over.ts';
import type { ComponentSettings } from './residual-components.ts';
import { triangleIndex } from './residual-statistics.ts';
import { createStatisticsLearner } from './statistics-learner.ts';
import { pairOf } from './testing/reference.ts';

const calibrated: ScoreSettings = { ...defaultScoreSettings, residual: 'calibrated' };

const statisticsOf = (side: number, settings: ComponentSettings, images: number) => {
  const learner = createStatisticsLearner(settings, createScoreScratch(side));
  for (let image = 0; image < images; image++) {
    const { input, reconstruction } = pairOf(side, 100 + 2 * image);
    learner.add(input, reconstruction);
  }
  return learner.finish();
};

const mapBy = (side: number, settings: ScoreSettings, images: number) => {
  const calibration = calibrate(statisticsOf(side, settings, images), settings.calibrationPooling);
  const { input, reconstruction } = pairOf(side, 7);
  return createScorer(side, settings, { calibration }).score(input, reconstruction);
};

describe('a calibrated residual', () => {
  for (const { side, images, low, high, bands, pooling, components, ...expected } of golden.cases) {
    const from = `radii ${low} to ${high ?? 'all'}${bands ? ' in bands' : ''}`;
    it(`matches NumPy: side ${side}, ${images} images, ${from}, pooling ${pooling}`, () => {
      const settings: ScoreSettings = {
        ...calibrated,
        bandLow: low,
        bandHigh: high ?? Number.POSITIVE_INFINITY,
        calibrationBands: bands ? 'on' : 'off',
        calibrationPooling: pooling,
      };
      const { mean, pooledMean, pooledCovariance } = statisticsOf(side, settings, images);
      expect(mean.length).toBe(components);
      // Residuals below 1, with some 100 roundings each. The golden residual is y - x, ours is x - y.
      expect(
        largestDifference(
          pooledMean,
          expected.pooledMean.map((value) => -value),
        ),
      ).toBeLessThan(1e-13);
      const variances = mean.map((_, i) => pooledCovariance[triangleIndex(i, i)]);
      expect(largestDifference(variances, expected.pooledVariances)).toBeLessThan(1e-13);
      const { score, map } = mapBy(side, settings, images);
      // Distances are sums of squares over K, whose condition number is below 1e4: 100 roundings of it.
      expect(Math.abs(score / expected.sum - 1)).toBeLessThan(1e-10);
      // The map is float32.
      const shown = expected.every37th.map((value, i) => map[37 * i] / value - 1);
      expect(
        largestDifference(
          shown,
          shown.map(() => 0),
        ),
      ).toBeLessThan(2 ** -23);
    });
  }

  it('is independent of the order of the good images, to rounding', () => {
    const settings = { ...calibrated, bandLow: 0.5 };
    const learner = createStatisticsLearner(settings, createScoreScratch(32));
    for (const image of [4, 1, 0, 3, 2]) {
      const { input, reconstruction } = pairOf(32, 100 + 2 * image);
      learner.add(input, reconstruction);
    }
    const { input, reconstruction } = pairOf(32, 7);
    const calibration = calibrate(learner.finish(), 0.1);
    const { score } = createScorer(32, settings, { calibration }).scoreOnly(input, reconstruction);
    expect(Math.abs(score / mapBy(32, settings, 5).score - 1)).toBeLessThan(1e-10);
  });

  it('sums to d per pixel over its own images, minus the effect of the ridge', () => {
    // tr(C (C + R)^-1) is below d, and above d / 2 if every variance is above the ridge, 0.01 of the pooled one.
    const settings: ScoreSettings = { ...calibrated, calibrationBands: 'off', calibrationPooling: 0 };
    const images = 40;
    const calibration = calibrate(statisticsOf(8, settings, images), 0);
    const scorer = createScorer(8, settings, { calibration });
    let sum = 0;
    for (let image = 0; image < images; image++) {
      const { input, reconstruction } = pairOf(8, 100 + 2 * image);
      sum += scorer.scoreOnly(input, reconstruction).score;
    }
    expect(sum / images / 64).toBeLessThan(3);
    expect(sum / images / 64).toBeGreaterThan(1.5);
  });

  it('is 0 for the common residual of all good images, and finite next to it', () => {
    const side = 16;
    const input = new Uint8Array(3 * side * side).fill(51);
    const darker = new Float32Array(input.length).fill(0.125);
    for (const calibrationBands of ['on', 'off'] as const) {
      const settings: ScoreSettings = { ...calibrated, calibrationBands, score: 'mean' };
      const learner = createStatisticsLearner(settings, createScoreScratch(side));
      for (let image = 0; image < 3; image++) learner.add(input, darker);
      const calibration = calibrate(learner.finish(), 0.1);
      const scorer = createScorer(side, settings, { calibration });
      // The rounding of a residual of 0.075 over the minimum deviation of 1e-6.
      expect(scorer.scoreOnly(input, darker).score).toBeLessThan(1e-15);
      // 0.001 away in each channel: (0.001 / 1e-6)^2. The float32 nearest to 0.126 has an error of up to 4e-9.
      const beside = new Float32Array(input.length).fill(0.126);
      expect(Math.abs(scorer.scoreOnly(input, beside).score / 1e6 - 1)).toBeLessThan(1e-5);
    }
  });

  it('skips a non-finite residual, and reports it', () => {
    const learner = createStatisticsLearner({ ...calibrated, bandLow: 0.5 }, createScoreScratch(32));
    const { input, reconstruction } = pairOf(32, 100);
    const broken = reconstruction.slice();
    broken[17] = Number.NaN;
    expect(learner.add(input, broken)).toBe(false);
    expect(learner.add(input, reconstruction)).toBe(true);
    const { images, covariance } = learner.finish();
    expect(images).toBe(1);
    expect(covariance.every((plane) => plane.every((value) => value === 0))).toBe(true);
  });

  it('requires an image, and a calibration with the same components', () => {
    const { bandLow, bandHigh } = calibrated;
    const banded: ComponentSettings = { bandLow, bandHigh, calibrationBands: 'on' };
    expect(() => createStatisticsLearner(banded, createScoreScratch(32)).finish()).toThrow('no residuals');
    expect(() => createScorer(32, calibrated)).toThrow('needs a calibration of 12 planes');
    const calibration = calibrate(statisticsOf(32, { ...banded, calibrationBands: 'off' }, 1), 0);
    expect(() => createScorer(32, calibrated, { calibration })).toThrow('needs a calibration of 12 planes');
  });

  it('does not affect the scores that compare the images themselves', () => {
    const { input, reconstruction } = pairOf(32, 7);
    for (const score of ['ssim', 'gradient'] as const) {
      const raw = createScorer(32, { ...calibrated, score, residual: 'raw' });
      const asked = createScorer(32, { ...calibrated, score });
      expect(asked.scoreOnly(input, reconstruction)).toEqual(raw.scoreOnly(input, reconstruction));
    }
  });
});

describe('the statistics images', () => {
  it('are the mean and the deviation of y - x, equal with and without bands', () => {
    const side = 32;
    const images = 6;
    const residuals = Array.from({ length: images }, (_, image) => {
      const { input, reconstruction } = pairOf(side, 100 + 2 * image);
      return Float64Array.from(reconstruction, (value, i) => value - input[i] / 255);
    });
    const band = { bandLow: 0, bandHigh: Number.POSITIVE_INFINITY };
    const channelsAt = (pixel: number) =>
      [0, 1, 2].map((channel) => residuals.map((residual) => residual[3 * pixel + channel]));
    const meanOf = (values: readonly number[]) =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const calibrationBands of ['on', 'off'] as const) {
      const { mean, deviation } = leftOver(statisticsOf(side, { ...band, calibrationBands }, images));
      for (const pixel of [0, 17, 500, 1023]) {
        const channels = channelsAt(pixel);
        const variances = channels.map((values) =>
          meanOf(values.map((value) => (value - meanOf(values)) ** 2)),
        );
        // Float32 rounding of values below 1.
        expect(Math.abs(mean[pixel] - meanOf(channels.map(meanOf)))).toBeLessThan(1e-7);
        expect(Math.abs(deviation[pixel] - Math.sqrt(meanOf(variances)))).toBeLessThan(1e-7);
      }
    }
  });
});

describe('the images of a calibration', () => {
  it('are all of 256, and 256 evenly spaced ones of 257 and of 1000', () => {
    const items = (count: number) => Array.from({ length: count }, (_, i) => i);
    expect(evenlySpaced(items(256))).toEqual(items(256));
    const of257 = evenlySpaced(items(257));
    expect(of257.length).toBe(256);
    expect(new Set(of257).size).toBe(256);
    const of1000 = evenlySpaced(items(1000));
    const steps = of1000.slice(1).map((item, i) => item - of1000[i]);
    expect([of1000.length, of1000[0], Math.min(...steps), Math.max(...steps)]).toEqual([256, 0, 3, 4]);
  });
});
