import { beforeAll, describe, expect, it } from 'vitest';
import { calibrate } from '#core/calibration/calibration.ts';
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import { createStatisticsLearner } from '#core/calibration/statistics-learner.ts';
import type { RunConfig } from '#core/config.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { presets } from '#core/presets.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import { createScoreScratch } from '#core/scores/score-scratch.ts';
import { meanMagnitude } from '#core/spectrum/mean-magnitude.ts';
import { largestDifference, largestMagnitude } from '#testing/compare.ts';
import golden from '#testing/golden/model.golden.json';
import { goldenImages, goldenWeights } from '#testing/golden-model.ts';
import { renderedImages, renderedSet } from '#testing/rendered-images.ts';
import type { SavedRun } from '../run-files.ts';
import { runOnnx } from '../testing/run-onnx.ts';
import { scoreWays } from '../testing/score-ways.ts';
import { writeOnnx } from './write-onnx.ts';

const side = 32;
const config: RunConfig = { ...presets.quickLook, side };
/** Needs no statistics. */
const raw = { score: 'sum', residual: 'raw' } as const;

/**
 * Float32 in place of float64. A matrix product over 32 places adds some 32 roundings of 2^-24, four of them follow each other in
 * a filter, and K amplifies a residual's error by up to 10, the root of its condition: the ridge is a hundredth of its trace.
 * 4 * 32 * 2^-24 * 10 is 8e-5, if all roundings have one sign; the promise to users is 1e-3.
 */
const tolerance = 8e-5;

const images = renderedSet(renderedImages(), side);
const trained = images.samples.flatMap(({ split }, index) => (split === 'train' ? [index] : []));
const tested = images.samples.flatMap(({ split }, index) => (split === 'test' ? [index] : []));

/** [N, S, S, 3] as [N, 3, S, S]. */
const channelsFirst = (values: ArrayLike<number>): Float32Array => {
  const pixels = side ** 2;
  return Float32Array.from({ length: values.length }, (_, at) => {
    const image = Math.floor(at / (3 * pixels));
    return values[3 * (image * pixels + (at % pixels)) + (Math.floor(at / pixels) % 3)]!;
  });
};

/** [3, S, S] as [S, S, 3]. */
const channelsLast = (values: Float32Array): Float32Array => {
  const pixels = values.length / 3;
  return values.map((_, at) => values[(at % 3) * pixels + Math.floor(at / 3)]!);
};

const inputsOf = (indices: readonly number[]): Float32Array =>
  channelsFirst(indices.flatMap((index) => Array.from(imageBytes(images, index), (byte) => byte / 255)));

/** A threshold with scores on both sides, none close to it. */
const middleOf = (scores: readonly number[]): number => {
  const sorted = scores.toSorted((a, b) => a - b);
  const gaps = sorted.slice(1).map((score, at) => score - sorted[at]!);
  const at = gaps.indexOf(Math.max(...gaps));
  return (sorted[at]! + sorted[at + 1]!) / 2;
};

/** Part of an image in a batch. */
const partOf = (values: Float32Array, place: number, count: number): Float32Array =>
  values.slice((place * values.length) / count, ((place + 1) * values.length) / count);

interface ModelChange {
  readonly statistics?: ResidualStatistics | undefined;
  readonly threshold?: number;
}

const modelOf = (change: Partial<RunConfig>, { statistics, threshold }: ModelChange = {}) => {
  const own = { ...config, ...change };
  const adaptive = own.weight.startsWith('adaptive')
    ? meanMagnitude(
        trained.map((index) => imageBytes(images, index)),
        side,
      )
    : undefined;
  const weight = frequencyWeight(own, side, side, adaptive);
  const run: SavedRun = {
    config: own,
    categoryName: 'part',
    history: { steps: [], evaluations: [], spectra: [] },
    weights: goldenWeights(side, own.width),
    threshold:
      threshold === undefined ? undefined : { threshold, policy: 'manual', fittedOn: 'no images', images: 0 },
  };
  return { own, weight, model: writeOnnx({ run, remarks: {}, statistics, weight }) };
};

it('an ONNX model reconstructs as PyTorch does in float64', async () => {
  const { batch, draw, sampleEvery, evaluated } = golden.cases[0]!;
  const input = channelsFirst(goldenImages(batch, side, draw));
  const { reconstruction } = await runOnnx(modelOf(raw).model, input, side);
  const found = Array.from({ length: batch }, (_, place) =>
    Array.from(channelsLast(partOf(reconstruction, place, batch))),
  ).flat();
  const sampled = found.filter((_, at) => at % sampleEvery === 0);
  // The promise is 1e-4; the test weights do not amplify float32 rounding as much.
  expect(largestDifference(sampled, evaluated)).toBeLessThan(1e-5);
});

describe('the score in an ONNX model', () => {
  /** By the model itself, so that only the arithmetic of the score differs. */
  let reconstructions: readonly Float32Array[] = [];
  beforeAll(async () => {
    const all = images.samples.map((_, index) => index);
    const { reconstruction } = await runOnnx(modelOf(raw).model, inputsOf(all), side);
    reconstructions = all.map((index) => channelsLast(partOf(reconstruction, index, all.length)));
  });

  const learn = (own: RunConfig): ResidualStatistics => {
    const learner = createStatisticsLearner(own, createScoreScratch(side));
    for (const index of trained) learner.add(imageBytes(images, index), reconstructions[index]!);
    return learner.finish();
  };

  it.each(scoreWays)('and its map and decision are those of the app: %s', async (_, change) => {
    const statistics = usesCalibration({ ...config, ...change })
      ? learn({ ...config, ...change })
      : undefined;
    const { own, weight } = modelOf(change, { statistics });
    const calibration = statistics && calibrate(statistics, own.calibrationPooling);
    const scorer = createScorer(side, own, { weight, calibration });
    const expected = tested.map((index) => scorer.score(imageBytes(images, index), reconstructions[index]!));
    const threshold = middleOf(expected.map(({ score }) => score));
    const { model } = modelOf(change, { statistics, threshold });
    // The number of images is free.
    for (const [from, count] of [
      [0, 1],
      [1, 3],
    ] as const) {
      const found = await runOnnx(model, inputsOf(tested.slice(from, from + count)), side);
      expect(found.scores).toHaveLength(count);
      for (let place = 0; place < count; place++) {
        const { score, map } = expected[from + place]!;
        expect(Math.abs(found.scores[place]! / score - 1)).toBeLessThan(tolerance);
        const largest = largestMagnitude(map);
        expect(largestDifference(partOf(found.map, place, count), map) / largest).toBeLessThan(tolerance);
        expect(found.decisions?.[place]).toBe(score >= threshold);
      }
    }
  });

  it('has no decision without a threshold', async () => {
    const found = await runOnnx(modelOf(raw).model, inputsOf([0]), side);
    expect(found.names).toEqual(['reconstruction', 'anomaly_map', 'score']);
    expect(found.decisions).toBeUndefined();
  });
});
