/** The report of a run with every kind of value that its files have to show. */
import { testDevice } from '#testing/device-report.ts';
import type { PlainBaselines } from '../../baselines/plain-baselines.ts';
import type { SampleInfo } from '../../dataset.ts';
import { evaluationSettingsOf } from '../../evaluation-settings.ts';
import { imageMetrics } from '../../metrics/image-metrics.ts';
import { presets } from '../../presets.ts';
import type { RunReport } from '../run-report.ts';
import type { RunSnapshot } from '../run-snapshot.ts';

/** A sample of 64 x 64 pixels without a mask. */
export const sample = (path: string, split: 'train' | 'test', defectType: string): SampleInfo => ({
  path,
  split,
  defectType,
  anomalous: defectType !== 'good',
  hasMask: false,
  width: 64,
  height: 64,
});

const evaluation = (scores: readonly number[]): RunSnapshot['evaluations'][number] => ({
  epoch: 2,
  step: 8,
  scores,
  imageAuroc: { defined: true, value: 0.75 },
  residualScale: 1,
  residualDcShare: 0.125,
  ...evaluationSettingsOf(presets.recommended),

  elapsedMs: 10,
});

const fakeBaselines: PlainBaselines = {
  baselines: [
    {
      name: 'brightness',
      scores: [0.5, 1 / 3],
      imageAuroc: { defined: true, value: 1 },
      interval: { defined: false, reason: 'There is one anomalous image only.' },
      deviation: { defined: false, reason: 'The spread is 0.' },
    },
    {
      name: 'variation-model',
      scores: [2, 3],
      imageAuroc: { defined: true, value: 0 },
      interval: { defined: true, lower: 0, upper: 0.25 },
      settings: evaluationSettingsOf(presets.recommended),
    },
  ],
  withoutReferences: undefined,
  goodImages: 1,
  calibrationImages: 1,
  difference: { defined: true, value: 0.75, interval: { defined: true, lower: 0.5, upper: 1 } },
};

/** The pixel metrics of images without masks. */
export const noMasks = { defined: false, reason: 'There are no masks.' } as const;

/** The report of a finished run of two epochs, with changes of its state. */
export const finishedReport = (change: Partial<RunSnapshot> = {}): RunReport => ({
  snapshot: {
    device: { phase: 'ready', report: testDevice },
    status: {
      phase: 'finished',
      activity: undefined,
      step: 8,
      epoch: 2,
      epochs: 2,
      imagesPerSecond: undefined,
      remainingMs: undefined,
      deviceBytes: 84_000_000,
    },
    microBatch: 4,
    config: presets.quickLook,
    steps: [
      { step: 1, epoch: 1, loss: 0.5, objective: 0.25 },
      { step: 8, epoch: 2, loss: 1 / 3 },
    ],
    evaluations: [
      { ...evaluation([9, 9]), epoch: 1, step: 4, imageAuroc: { defined: true, value: 0.875 } },
      evaluation([0.1, 1 / 7]),
    ],
    categoryName: 'bottle',
    samples: [
      sample('train/good/0.png', 'train', 'good'),
      sample('test/cut, deep/0.png', 'test', 'cut, deep'),
      sample('test/good/0.png', 'test', 'good'),
    ],
    skippedFiles: [{ path: 'x.txt', reason: 'not an image' }],
    notices: [],
    paper: { differences: ['Side 64 px instead of 256 px.'], assumptions: [] },
    ...change,
  },
  circumstances: {
    source: 'data/bottle',
    browser: 'chromium 1',
    startedAt: new Date(0),
    loadMs: 1.4,
    model: undefined,
    workMs: 2.6,
    resumedFromStep: undefined,
  },
  contentHashes: new Map([['test/good/0.png', '0f']]),
  maskPaths: new Map(),
  metrics: {
    image: imageMetrics([0.1, 1 / 7], { defectTypes: ['cut, deep', 'good'], anomalous: [true, false] }, 0),
    pixel: {
      overall: { pixelAuroc: noMasks, auPro: noMasks, images: 1, imagesWithoutMask: 1, regions: 0 },
      perDefectType: [],
    },
  },
  baselines: fakeBaselines,
  comparison: undefined,
  threshold: {
    threshold: 0.1,
    policy: 'good-quantile',
    quantile: 0.95,
    fittedOn: 'training images',
    images: 1,
  },
});
