import { expect, it } from 'vitest';
import { unzipParts } from '#core/bundle/zip-parts.ts';
import { presets } from '#core/presets.ts';
import { testDevice } from '#testing/device-report.ts';
import { type FinishedRun, resultFiles } from './write-results.ts';

const undefinedMetric = { defined: false, reason: 'There are no images to score.' } as const;

const values = {
  auroc: undefinedMetric,
  aurocInterval: undefinedMetric,
  averagePrecision: undefinedMetric,
  f1Maximum: undefinedMetric,
};

const coverage = { images: 0, imagesWithoutMask: 0, regions: 0 };

const finished: FinishedRun = {
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
    steps: [],
    evaluations: [],
    categoryName: 'bottle',
    samples: [],
    skippedFiles: [],
    notices: [],
    paper: { differences: [], assumptions: [] },
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
  metrics: {
    image: { overall: values, perDefectType: [] },
    pixel: {
      overall: { pixelAuroc: undefinedMetric, auPro: undefinedMetric, ...coverage },
      perDefectType: [],
    },
  },
  baselines: {
    baselines: [],
    withoutReferences: 'There are none.',
    goodImages: 0,
    calibrationImages: 0,
    difference: undefined,
  },
  comparison: undefined,
  threshold: { reason: 'There are no good images.' },
  parts: new Map([
    ['metrics.json', new TextEncoder().encode('{}')],
    ['model.safetensors', Uint8Array.of(1, 2, 3)],
  ]),
};

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

it('the files are the parts of the bundle, and metrics.json says where and when the run was made', () => {
  const files = resultFiles(finished);
  expect([...files.keys()].sort()).toEqual(['bundle.zip', 'metrics.json', 'model.safetensors']);
  expect(files.get('model.safetensors')).toEqual(Uint8Array.of(1, 2, 3));
  expect(JSON.parse(text(files.get('metrics.json')))).toMatchObject({
    source: 'data/bottle',
    browser: 'chromium 1',
    startedAt: '1970-01-01T00:00:00.000Z',
    loadMs: 1,
    trainMs: 3,
  });
});

it('the bundle holds the same files', () => {
  const { 'bundle.zip': bundle, ...others } = Object.fromEntries(resultFiles(finished));
  expect(Object.fromEntries(unzipParts(bundle!, 'bundle.zip'))).toEqual(others);
});
