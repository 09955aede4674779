import { expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import type { ContestantResult, RaceResult } from '#core/race-result.ts';
import { raceOption } from './race-option.ts';
import { raceJson, raceLines } from './race-text.ts';

const contestant = (change: Partial<ContestantResult>): ContestantResult => ({
  config: presets.quickLook,
  microBatch: 4,
  step: 20,
  epoch: 2,
  imageAuroc: { defined: true, value: 0.75 },
  interval: { defined: true, lower: 0.5, upper: 0.9 },
  failure: undefined,
  runId: 'a',
  ...change,
});

const result: RaceResult = {
  contestants: [
    contestant({ config: { ...presets.quickLook, loss: 'l2' } }),
    contestant({ imageAuroc: { defined: true, value: 0.85 }, runId: 'b' }),
    contestant({
      config: { ...presets.quickLook, loss: 'ssim' },
      imageAuroc: undefined,
      interval: undefined,
      runId: undefined,
      failure: { code: 'non-finite-loss', problem: 'The loss became NaN at step 3.', remedy: 'Lower it.' },
    }),
  ],
  differences: [
    {
      first: 0,
      second: 1,
      epoch: 2,
      difference: { defined: true, value: -0.1, interval: { defined: true, lower: -0.2, upper: 0.05 } },
    },
  ],
};

const race = raceOption('loss=l2,wfdl,ssim', {})!;

it('prints each contestant, and each difference with its interval', () => {
  expect(raceLines(race, result)).toEqual([
    'loss-l2: image AUROC 0.750 (0.500 to 0.900) at epoch 2',
    'loss-wfdl: image AUROC 0.850 (0.500 to 0.900) at epoch 2',
    'loss-ssim: failed: The loss became NaN at step 3.',
    'loss-l2 minus loss-wfdl at epoch 2: -0.100 (-0.200 to +0.050)',
  ]);
});

it('writes scores, intervals, differences and what the contestants have in common', () => {
  const baselines = {
    baselines: [],
    withoutReferences: 'None is good.',
    goodImages: 0,
    calibrationImages: 0,
    difference: undefined,
  };
  const runs = [undefined, undefined, undefined];
  expect(raceJson(race, { result, runs, baselines, raceMs: 12.3 })).toMatchObject({
    setting: 'loss',
    equalInitialWeights: true,
    equalBatches: true,
    contestants: [
      { folder: 'loss-l2', value: 'l2', imageAuroc: 0.75, imageAurocInterval95: [0.5, 0.9], epochs: 2 },
      { folder: 'loss-wfdl', imageAuroc: 0.85 },
      { folder: null, failure: 'The loss became NaN at step 3.' },
    ],
    differences: [
      { first: 'loss-l2', second: 'loss-wfdl', imageAurocDifference: -0.1, interval95: [-0.2, 0.05] },
    ],
    baselines: [],
    raceMs: 12,
  });
});
