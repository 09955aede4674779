/** Clients for tests of the store: the test answers or refuses each request to a worker. */

import { scoredBaseline } from '#core/baselines/baseline-evaluation.ts';
import { statisticNames } from '#core/baselines/baseline-names.ts';
import {
  meanImageSettings,
  type ReferenceEvaluations,
  variationModelSettings,
} from '#core/baselines/reference-evaluation.ts';
import type { RunConfig } from '#core/config.ts';
import type { Category, Sample, SampleInfo } from '#core/dataset.ts';
import { cancelled, ResiduaError } from '#core/errors.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Framing } from '#core/fit.ts';
import type { Evaluation, SampleView } from '#core/history.ts';
import { imageMetrics } from '#core/metrics/image-metrics.ts';
import { type PixelMetrics, pixelMetrics } from '#core/metrics/pixel-metrics.ts';
import { presets } from '#core/presets.ts';
import { shownPoolings } from '#core/scores/pooling-curve.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { testDevice } from '#testing/device-report.ts';
import type { BaselinesClient } from '#worker/baselines-client.ts';
import type { BundledRun } from '#worker/bundled-runs.ts';
import type { DecodedCategory, ScanResult } from '#worker/dataset-client.ts';
import type { PixelMetricsInput } from '#worker/metrics-client.ts';
import type {
  RunStatus,
  TrainingEventName,
  TrainingEvents,
  TrainingRequestName,
  TrainingRequests,
} from '#worker/protocol.ts';
import type { RequestCall } from '#worker/rpc.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import type { Clients } from '../clients.ts';
import { createRoleMemory } from '../dataset/role-memory.ts';
import { createMemoryLibrary } from '../runs/memory-library.ts';
import type { OpenStorage } from '../storage/open-storage.ts';

type Answers = {
  [N in TrainingRequestName]?: (
    args: TrainingRequests[N][0],
    call?: RequestCall,
  ) => Promise<TrainingRequests[N][1]> | TrainingRequests[N][1];
};

/** A category of 4 training, 2 good and 3 anomalous test images; one of these has no mask. */
export const fakeCategory = (name = 'bolt'): Category => {
  const sample = (path: string, split: 'train' | 'test', defectType: string): Sample => ({
    path,
    split,
    defectType,
    anomalous: defectType !== 'good',
    maskPath: undefined,
    source: { kind: 'synthetic', seed: 0, index: 0 },
  });
  return {
    name,
    samples: [
      ...['0', '1', '2', '3'].map((stem) => sample(`train/good/${stem}.png`, 'train', 'good')),
      ...['0', '1'].map((stem) => sample(`test/good/${stem}.png`, 'test', 'good')),
      ...['0', '1'].map((stem) => sample(`test/dent/${stem}.png`, 'test', 'dent')),
      sample('test/bend/0.png', 'test', 'bend'),
    ],
    skippedFiles: [],
    notices: [],
  };
};

/** The decoded `category`: black images, 16 x 12 originals, masks for all defects except `bend`. */
export const fakeDecoded = (category: Category, { side, fit }: Framing): DecodedCategory => {
  const samples: SampleInfo[] = category.samples.map(({ path, split, defectType, anomalous }) => ({
    path,
    split,
    defectType,
    anomalous,
    hasMask: defectType === 'dent',
    width: 16,
    height: 12,
  }));
  return {
    images: { name: category.name, side, fit, samples, pixels: new Uint8Array(0), masks: new Uint8Array(0) },
    skippedFiles: category.skippedFiles,
    notices: category.notices,
    contentHashes: new Map(),
    thumbnails: { side: 1, pixels: new Uint8ClampedArray(4 * samples.length) },
  };
};

export const fakeView = (index: number): SampleView => ({
  index,
  path: `${index}`,
  side: 1,
  input: new Float32Array(3),
  inputSpectrum: new Float32Array(1),
  inputPower: Float32Array.of(1, 1),
  mask: undefined,
  output: undefined,
});

export const fakeEvaluation = (step: number, scores: readonly number[]): Evaluation => ({
  epoch: step,
  step,
  scores: Float64Array.from(scores),
  imageAuroc: { defined: true, value: 1 },
  residualScale: 1,
  residualDcShare: 0,
  ...evaluationSettingsOf(presets.recommended),

  elapsedMs: 1,
});

/** A baseline's scores of the fake category's test images, 2 good ones and 3 anomalous ones. */
export const fakeBaseline = (scores: readonly number[] = [1, 2, 3, 4, 5]) =>
  scoredBaseline(Float64Array.from(scores), [false, false, true, true, true]);

/** References with these settings. */
export const fakeReferences = (config: RunConfig, scores?: readonly number[]): ReferenceEvaluations => {
  const settings = evaluationSettingsOf(config);
  const scored = { ...fakeBaseline(scores), residualScale: 1 };
  return {
    defined: true,
    meanImage: { ...scored, name: 'mean-image', settings: meanImageSettings(settings) },
    variationModel: { ...scored, name: 'variation-model', settings: variationModelSettings(settings) },
    goodImages: 4,
    calibrationImages: 4,
  };
};

const fakeBaselines = (): BaselinesClient => ({
  load: async () => {},
  statistics: async () =>
    statisticNames.map((name) => ({
      name,
      ...fakeBaseline(),
      deviation: { defined: true, ...fakeBaseline() },
    })),
  references: async (config) => fakeReferences(config),
  view: async ({ index }) => fakeView(index),
  testSpectra: async () => ({ good: undefined, anomalous: undefined }),
});

/** The status of a run, with changes by the test. */
export const fakeStatus = (change: Partial<RunStatus> = {}): RunStatus => ({
  phase: 'idle',
  step: 0,
  stepsPerEpoch: 1,
  epoch: 0,
  epochs: 1,
  imagesPerSecond: undefined,
  remainingMs: undefined,
  activity: undefined,
  progress: undefined,
  turnMs: undefined,
  deviceBytes: 0,
  ...change,
});

/** The `model.json` of the quick preset. */
export const fakeModelJson = JSON.stringify({
  userDefinedMetadata: { residua: { version: settingsVersion, config: presets.quickLook } },
});

/** The answer to an import: an evaluated run of `epochs` steps. */
export const fakeImported = (config: RunConfig, categoryName = 'bolt'): TrainingRequests['importRun'][1] => {
  const { epochs: step } = config;
  return {
    config,
    history: {
      steps: [{ step, epoch: step, loss: 1 }],
      evaluations: [fakeEvaluation(step, [1])],
      spectra: [],
    },
    summary: { parameterCount: 1, stepsPerEpoch: 1, microBatch: 1 },
    categoryName,
    status: fakeStatus({ phase: 'finished', step, epoch: step, epochs: step }),
    kept: [{ epoch: step, step }],
    pastLeftOut: undefined,
  };
};

/** Clients that record requests, answer them from `answers`, and let the test emit events. */
export const createFakeClients = (first: Answers = {}) => {
  const answers: Answers = { ...first };
  const requests: TrainingRequestName[] = [];
  const handlers = new Map<string, (payload: never) => void>();
  const emit = <E extends TrainingEventName>(event: E, payload: TrainingEvents[E]): void =>
    handlers.get(event)?.(payload as never);
  const status = (change: Partial<RunStatus>): void => emit('status', fakeStatus(change));
  const defaults: Answers = {
    openDevice: ({ choice }) => ({ ...testDevice, backend: choice === 'wasm' ? 'wasm' : 'webgpu' }),
    estimate: ({ batch }) => ({
      batch,
      microBatch: batch,
      memoryBytes: 1,
      epochMs: 1,
      evaluationMs: 1,
      totalMs: 1,
      paceSource: 'convolution',
    }),
    configure: () => {
      status({});
      return { parameterCount: 1, stepsPerEpoch: 1, microBatch: 1 };
    },
    estimateRace: (configs) => ({
      batch: configs[0]?.batch ?? 0,
      microBatch: 1,
      memoryBytes: configs.length,
      epochMs: configs.length,
      evaluationMs: configs.length,
      totalMs: configs.length,
      paceSource: 'convolution',
    }),
    configureRace: (configs) => {
      status({});
      return configs.map(() => ({ parameterCount: 1, stepsPerEpoch: 1, microBatch: 1 }));
    },
    start: () => {
      status({ phase: 'running' });
      return undefined;
    },
    timedPresets: () => undefined,
    checkpoint: () => [],
    trainOn: () => {
      status({ phase: 'running' });
      return undefined;
    },
    openRun: (files) => {
      try {
        const text = 'bytes' in files ? new TextDecoder().decode(files.bytes) : files.modelJson;
        const { side, fit } = JSON.parse(text).userDefinedMetadata.residua.config;
        return { side, fit };
      } catch {
        throw new ResiduaError('import-invalid', 'The file model.json has no side.', 'Choose another.');
      }
    },
    view: ({ index }) => fakeView(index),
    lowCutCurve: ({ cutoffs }) =>
      cutoffs.map((bandLow) => ({ bandLow, imageAuroc: { defined: true, value: 0.5 } })),
    poolingCurve: () =>
      shownPoolings.map((pooling) => ({ pooling, imageAuroc: { defined: true, value: 0.5 } })),
    leftOver: () => undefined,
    scoreWays: () => [],
    rescorePast: () => undefined,
    reconstructionsAt: () => undefined,
    scoredMaps: () => ({ side: 2, images: [] }),
    exportBundle: ({ texts, zipName }) =>
      [...(zipName === undefined ? texts.keys() : [zipName])].map((name) => ({
        name,
        bytes: new TextEncoder().encode(texts.get(name) ?? ''),
      })),
    exportRival: () => ({ modelJson: '{}', weights: new ArrayBuffer(4) }),
    exportRun: () => ({ modelJson: '{}', weights: new ArrayBuffer(4) }),
  };
  const training: TrainingClient = {
    request: async (name, ...[args, call]) => {
      requests.push(name);
      const answer = (answers[name] ?? defaults[name]) as
        | ((args: unknown, call?: RequestCall) => unknown)
        | undefined;
      const calledOff = new Promise<never>((_, reject) => {
        if (call?.signal?.aborted) reject(cancelled());
        call?.signal?.addEventListener('abort', () => reject(cancelled()), { once: true });
      });
      const ask = async () => answer?.(args, call);
      return (await Promise.race([ask(), calledOff])) as TrainingRequests[typeof name][1];
    },
    on: (event, handler) => {
      handlers.set(event, handler as (payload: never) => void);
      return () => handlers.delete(event);
    },
    replaceWorker: (restore) =>
      restore(async () => {
        fake.workers += 1;
        const images = fake.handsImagesOver
          ? fakeDecoded(fakeCategory(), { side: 64, fit: 'squeeze' }).images
          : undefined;
        return { images, request: training.request };
      }),
    terminate: () => undefined,
  };
  const decodes: number[] = [];
  const seconds = new Set<() => void>();
  let scan: ScanResult = { categories: [fakeCategory()], skippedFiles: [] };
  const fake = {
    requests,
    decodes,
    emit,
    status,
    /** Replaces the answer to a request. */
    answer: <N extends TrainingRequestName>(name: N, answer: NonNullable<Answers[N]>): void => {
      answers[name] = answer as Answers[N];
    },
    /** Decodes a category; replace it to delay it or to make it fail. */
    decode: async (category: Category, framing: Framing): Promise<DecodedCategory> =>
      fakeDecoded(category, framing),
    /** The table in the browser's storage. */
    storedTable: undefined as unknown,
    /** Opens the archives of a drop; replace it to have some. */
    openArchives: (async (files) => ({ files, skippedFiles: [] })) as Clients['openArchives'],
    /** Decodes one image; replace it to have some. */
    preview: (async () => {
      throw new ResiduaError('unreadable-image', 'It is empty: 0 bytes.', 'Remove it.');
    }) as Clients['dataset']['preview'],
    /** The saved text of the memory of roles. */
    savedRoles: null as string | null,
    nowMs: 0,
    /** Lets a second pass in the page. */
    passSecond: (): void => {
      for (const handler of seconds) handler();
    },
    /** Training workers that were started in place of the first. */
    workers: 0,
    /** Whether a replaced training worker hands its images over. */
    handsImagesOver: true,
    /** The metrics worker's answer to maps. */
    pixelMetrics: ({ images, side }: PixelMetricsInput, _call?: RequestCall): Promise<PixelMetrics> =>
      pixelMetrics(images, side),
    /** The baselines worker; replace its methods before the store starts. */
    baselines: fakeBaselines(),
    /** The library of retained runs; replace it before the store starts. */
    library: createMemoryLibrary(),
    /** Opens the storage of checkpoints and images; replace it before the store starts to have one. */
    openStorage: (): Promise<OpenStorage> =>
      Promise.reject(new ResiduaError('storage-failed', 'No storage.', 'Allow it.')),
    /** Hides or shows the page. */
    setVisible: (_visible: boolean): void => {},
    /** Reads the runs that come with the page; replace it to have some. */
    bundledRuns: async (): Promise<readonly BundledRun[]> => [],
    setScan: (result: ScanResult): void => {
      scan = result;
    },
  };
  const clients: Clients = {
    training,
    metrics: {
      imageMetrics: async ({ scores, labels, seed }) => imageMetrics(scores, labels, seed),
      pixelMetrics: ({ images, side }, call) => fake.pixelMetrics({ images, side }, call),
    },
    baselines: fake.baselines,
    dataset: {
      preview: (...args) => fake.preview(...args),
      original: async () => ({ width: 1, height: 1, pixels: new Uint8ClampedArray(4) }),
      decode: (category, framing, { signal } = {}) => {
        decodes.push(framing.side);
        const aborted = new Promise<never>((_, reject) => {
          if (signal?.aborted) reject(signal.reason);
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
        return Promise.race([fake.decode(category, framing), aborted]);
      },
    },
    openArchives: (files, onOpening, signal) => fake.openArchives(files, onOpening, signal),
    scanFiles: async () => scan,
    applyMapping: async (mapped) => ({ ...fakeCategory(mapped.mapping.name), mapped }),
    openRoleMemory: async () =>
      createRoleMemory({
        read: () => fake.savedRoles,
        write: (text) => {
          fake.savedRoles = text;
        },
      }),
    sampleCategory: () => fakeCategory('sample'),
    openRunLibrary: async () => fake.library,
    openStorage: () => fake.openStorage(),
    onVisibility: (handler) => {
      fake.setVisible = handler;
    },
    bundledRuns: () => fake.bundledRuns(),
    pythonFile: async () => 'import torch',
    tableStorage: {
      read: async () => fake.storedTable,
      write: async (table) => {
        fake.storedTable = structuredClone(table);
      },
    },
    nowMs: () => fake.nowMs,
    everySecond: (handler) => {
      seconds.add(handler);
      return () => seconds.delete(handler);
    },
  };
  return Object.assign(fake, { clients });
};
