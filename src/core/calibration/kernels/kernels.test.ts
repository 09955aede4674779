import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { createScorer } from '../../scores/create-scorer.ts';
import { createScoreScratch } from '../../scores/score-scratch.ts';
import { defaultScoreSettings, type ScoreSettings } from '../../scores/score-settings.ts';
import { calibrate } from '../calibration.ts';
import type { ComponentSettings } from '../residual-components.ts';
import { createStatisticsLearner } from '../statistics-learner.ts';
import { pairOf, referenceAt, referenceComponents, referenceDistance } from '../testing/reference.ts';
import { kernelMemory } from './kernel-memory.ts';

const all = Number.POSITIVE_INFINITY;
const inBands = (bandLow: number, bandHigh = all): ComponentSettings => ({
  bandLow,
  bandHigh,
  calibrationBands: 'on',
});
const whole = (bandLow: number): ComponentSettings => ({ ...inBands(bandLow), calibrationBands: 'off' });
const scoreSettings = (settings: ComponentSettings): ScoreSettings => ({
  ...defaultScoreSettings,
  ...settings,
  residual: 'calibrated',
});

const pairsOf = (side: number, count: number) =>
  Array.from({ length: count }, (_, image) => pairOf(side, 300 + 2 * image));

const learned = (side: number, settings: ComponentSettings, pairs: ReturnType<typeof pairsOf>) => {
  const learner = createStatisticsLearner(settings, createScoreScratch(side));
  for (const { input, reconstruction } of pairs) expect(learner.add(input, reconstruction)).toBe(true);
  return learner.finish();
};

/**
 * Residuals and their products are below 1. A transform has log2(S^2) <= 12 stages with 2 roundings each on the way to a
 * component, and as many on the way back; sums over 17 images add 17. In total some 65 roundings of 2^-53.
 */
const tolerance = 1e-14;

const cases: readonly (readonly [number, ComponentSettings, number])[] = [
  // The lowest bands of small sides hold only frequency 0. Lengths with and without a radix-2 stage.
  [8, inBands(0.5), 6],
  [16, inBands(0), 12],
  [16, inBands(0.5), 9],
  [32, inBands(0), 12],
  [64, inBands(0.5), 12],
  // Bands of the score that need their own transform, and cut off the highest bands.
  [32, inBands(3), 9],
  [32, inBands(0, 6.5), 9],
  [16, inBands(1.5), 6],
  // Pixels that end within a group of 8, and groups that end within a chunk.
  [5, whole(0), 3],
  [6, whole(0.5), 3],
  [24, whole(0.5), 3],
  [16, whole(2.5), 3],
];

describe('statistics by the kernels', () => {
  it.each(cases)('match plain float64 at side %i, %o, %i components', (side, settings, components) => {
    // One image; one fewer than a batch, a full batch, and one more; and two batches and one.
    for (const count of side === 64 ? [9] : [1, 7, 8, 9, 17]) {
      const pairs = pairsOf(side, count);
      const images = pairs.map((pair) => referenceComponents(side, settings, pair));
      const { mean, covariance, images: counted } = learned(side, settings, pairs);
      expect([mean.length, counted]).toEqual([components, count]);
      for (let pixel = 0; pixel < side * side; pixel++) {
        const expected = referenceAt(images, pixel);
        const at = (planes: typeof mean) => planes.map((plane) => plane[pixel]);
        expect(largestDifference(at(mean), expected.mean)).toBeLessThan(tolerance);
        expect(largestDifference(at(covariance), expected.covariance)).toBeLessThan(tolerance);
      }
    }
  });

  it('do not depend on other users of the memory', () => {
    const cases = [
      [16, inBands(0.5)],
      [32, whole(0)],
      [16, inBands(0.5)],
    ] as const;
    const pairs = cases.map(([side], which) => pairsOf(side, 11 + which));
    const learners = cases.map(([side, settings]) =>
      createStatisticsLearner(settings, createScoreScratch(side)),
    );
    for (let image = 0; image < 13; image++) {
      for (const [which, learner] of learners.entries()) {
        const pair = pairs[which][image];
        if (pair) learner.add(pair.input, pair.reconstruction);
      }
    }
    const together = learners.map((learner) => learner.finish());
    expect(together).toEqual(cases.map(([side, settings], which) => learned(side, settings, pairs[which])));
  });

  it('do not overwrite returned arrays', () => {
    const first = learned(16, inBands(0.5), pairsOf(16, 3));
    const before = structuredClone(first);
    learned(16, inBands(0.5), pairsOf(16, 9).toReversed());
    expect(first).toEqual(before);
  });
});

describe('distances by the kernels', () => {
  it.each(cases)('match plain float64 at side %i, %o', (side, settings) => {
    const statistics = learned(side, settings, pairsOf(side, 20));
    const scorer = createScorer(side, scoreSettings(settings), { calibration: calibrate(statistics, 0.3) });
    const pair = pairOf(side, 7);
    const planes = referenceComponents(side, settings, pair);
    const { score, map } = scorer.score(pair.input, pair.reconstruction);
    const expected = Float64Array.from(map, (_, pixel) => referenceDistance(statistics, 0.3, planes, pixel));
    // K has a condition number below 1e4, and its solution some 12 roundings per component: 1e4 * 12^2 * 2^-53.
    const sum = expected.reduce((total, value) => total + value, 0);
    expect(Math.abs(score / sum - 1)).toBeLessThan(1e-9);
    // The map is float32.
    const relative = map.map((value, pixel) => value / expected[pixel] - 1);
    expect(largestDifference(relative, new Float32Array(relative.length))).toBeLessThan(2 ** -23);
  });

  it.each([inBands(0.5), whole(0.5)])('are the same for several images as for one, %o', (settings) => {
    const side = 16;
    const calibration = calibrate(learned(side, settings, pairsOf(side, 5)), 0.1);
    const pairs = pairsOf(side, 4);
    for (const score of ['sum', 'top-share'] as const) {
      const scorer = createScorer(side, { ...scoreSettings(settings), score }, { calibration });
      for (let count = 1; count <= scorer.atOnce; count++) {
        const some = pairs.slice(0, count);
        const maps = some.map(() => new Float32Array(side * side));
        const scores = scorer.scoreSeveral(some, maps);
        const alone = some.map(({ input, reconstruction }) => scorer.score(input, reconstruction));
        expect(scores.map((one, image) => ({ ...one, map: maps[image] }))).toEqual(alone);
      }
      expect(() => scorer.scoreSeveral([...pairs, pairs[0]])).toThrow('at most 4 images, got 5');
    }
  });

  it('are non-finite only for the image with a non-finite reconstruction', () => {
    const side = 16;
    const settings = inBands(0.5);
    const calibration = calibrate(learned(side, settings, pairsOf(side, 5)), 0.1);
    const scorer = createScorer(side, scoreSettings(settings), { calibration });
    const pairs = pairsOf(side, 3);
    const before = scorer.scoreSeveral(pairs);
    const broken = pairs[1].reconstruction.with(17, Number.NaN);
    const maps = pairs.map(() => new Float32Array(side * side));
    const scores = scorer.scoreSeveral(pairs.with(1, { ...pairs[1], reconstruction: broken }), maps);
    expect(scores.map(({ score }) => Number.isFinite(score))).toEqual([true, false, true]);
    expect(maps[1].every(Number.isNaN)).toBe(true);
    expect([scores[0], scores[2]]).toEqual([before[0], before[2]]);
    expect(scorer.scoreSeveral(pairs)).toEqual(before);
  });

  it('survive other users of the memory', () => {
    const pair = pairOf(16, 7);
    const [first, second] = [0, 1].map((pooling) => {
      const calibration = calibrate(learned(16, inBands(0.5), pairsOf(16, 5)), pooling);
      return createScorer(16, scoreSettings(inBands(0.5)), { calibration });
    });
    const score = first.scoreOnly(pair.input, pair.reconstruction);
    expect(second.scoreOnly(pair.input, pair.reconstruction)).not.toEqual(score);
    learned(32, whole(0), pairsOf(32, 2));
    expect(first.scoreOnly(pair.input, pair.reconstruction)).toEqual(score);
  });
});

describe('the memory of the kernels', () => {
  it('is the size of the largest user, for any number of users', () => {
    learned(64, inBands(0.5), pairsOf(64, 1));
    const { bytes } = kernelMemory();
    for (let low = 0.5; low < 6; low++) {
      const calibration = calibrate(learned(64, inBands(low), pairsOf(64, 2)), 0.1);
      const pair = pairOf(64, 7);
      createScorer(64, scoreSettings(inBands(low)), { calibration }).scoreOnly(
        pair.input,
        pair.reconstruction,
      );
    }
    expect(kernelMemory().bytes).toBe(bytes);
  });

  it('needs a side that is a power of two if residuals are split', () => {
    expect(() => createStatisticsLearner(inBands(0.5), createScoreScratch(24))).toThrow('power of two');
  });
});
