/** One run from a shell: from an open page to its results. */
import { basename } from 'node:path';
import type { AnomalyMaps } from '#core/anomaly-maps/map-files.ts';
import type { PlainBaselines } from '#core/baselines/plain-baselines.ts';
import { unzipParts } from '#core/bundle/zip-parts.ts';
import type { DeviceChoice } from '#core/device.ts';
import { ResiduaError } from '#core/errors.ts';
import type { RaceResult } from '#core/race-result.ts';
import { isRunInOneFile } from '#core/run-in-one-file.ts';
import type { BrowserPage } from './browser-page.ts';
import type { CheckpointKeeper, KeptPlace } from './checkpoint-keeper.ts';
import type { DataFile } from './data-files.ts';
import type { FileExchange } from './file-exchange.ts';
import { loadFolder } from './load-in-page.ts';
import { type ProgressLine, progressText } from './progress-line.ts';
import type { RaceOption } from './race-option.ts';
import { receivedMaps } from './received-maps.ts';
import type { EvaluateCommand, TrainCommand } from './train-command.ts';
import type { FinishedRun } from './write-results.ts';

/** The name under which the page returns the bundle. */
export const bundleName = 'bundle.zip';

/** The name under which it returns the anomaly maps, one after the other. */
export const mapsName = 'maps.bin';

const pollEveryMs = 500;

const openDevice = async (page: BrowserPage, choice: DeviceChoice): Promise<void> => {
  const device = await page.run(async (wanted) => {
    await window.residua.ready;
    if (wanted !== 'auto') await window.residua.chooseDevice(wanted);
    return window.residua.snapshot().device;
  }, choice);
  if (device.phase === 'failed') throw ResiduaError.fromPlain(device.error);
};

/** Returns the epoch. */
const showProgress = async (page: BrowserPage, line: ProgressLine, last: boolean): Promise<number> => {
  const progress = await page.run(() => {
    const { status, history } = window.residua.store.getState().run;
    const auroc = history.evaluations.at(-1)?.imageAuroc;
    return {
      status,
      loss: history.steps.at(-1)?.loss,
      imageAuroc: auroc?.defined ? auroc.value : undefined,
    };
  }, undefined);
  line.show(progressText(progress), { last });
  return progress.status.epoch;
};

/** A run that goes on from a checkpoint. */
export interface ResumedPlace extends KeptPlace {
  /** Whether it gives the bits of a run that was never interrupted. */
  readonly exact: boolean;
}

/** Receives the reports of a training while it runs. */
export interface TrainingFollowers {
  readonly line: ProgressLine;
  /** Keeps its checkpoints; undefined if nothing is trained. */
  readonly keeper: CheckpointKeeper | undefined;
  /** Receives the baselines: before training, or, for a loaded model, with its settings. */
  readonly onBaselines: (baselines: PlainBaselines) => void;
  readonly onResumed: (place: ResumedPlace) => void;
}

/** Shows the progress of the first run, and keeps checkpoints, until the training ends. */
const follow = async <T>(
  page: BrowserPage,
  { line, keeper }: TrainingFollowers,
  training: Promise<T>,
): Promise<T> => {
  let over = false;
  const ended = training.then(
    () => undefined,
    () => undefined,
  );
  void ended.then(() => {
    over = true;
  });
  try {
    while (!over) {
      const epoch = await showProgress(page, line, false);
      void keeper?.keepIfDue(epoch);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, pollEveryMs))]);
    }
    const result = await training;
    await keeper?.end();
    await showProgress(page, line, true);
    return result;
  } finally {
    line.end();
  }
};

/**
 * Loads the model from the exchange and evaluates it.
 * @param first number of its first file
 */
const evaluate = (
  page: BrowserPage,
  prefix: string,
  first: number,
  { modelFolder, settings }: EvaluateCommand,
): Promise<void> =>
  page.run(
    async ({ prefix, first, names, settings }) => {
      const files = await Promise.all(
        names.map(async (name, place) => {
          const response = await fetch(`${prefix}/${first + place}`);
          if (!response.ok) throw new Error('The files of the model cannot be read');
          return new File([await response.blob()], name);
        }),
      );
      await window.residua.importFiles(files);
      await window.residua.evaluateWith(settings);
    },
    {
      prefix,
      first,
      names: isRunInOneFile(modelFolder) ? [basename(modelFolder)] : ['model.json', 'weights.bin'],
      settings,
    },
  );

/**
 * Loads checkpoints from the exchange and makes their run the present one.
 * @param first number of the first checkpoint; those of its rivals follow
 * @returns the place of the first run
 */
const resume = (page: BrowserPage, prefix: string, first: number, count: number): Promise<ResumedPlace> =>
  page.run(
    async ({ prefix, first, count }) => {
      const files = await Promise.all(
        Array.from({ length: count }, async (_, place) => {
          const response = await fetch(`${prefix}/${first + place}`);
          if (!response.ok) throw new Error('A checkpoint of the run is missing in its folder.');
          return response.arrayBuffer();
        }),
      );
      await window.residua.resume(files);
      const { status, resumed } = window.residua.store.getState().run;
      return { epoch: status.epoch, step: status.step, exact: resumed?.exact ?? false };
    },
    { prefix, first, count },
  );

/** Returns the anomaly maps of the present run at the size of the model. */
const collectMaps = async (page: BrowserPage, exchange: FileExchange): Promise<AnomalyMaps> => {
  const header = await page.run(async (url) => {
    const { category, side, fit, images } = await window.residua.anomalyMaps();
    const numbers = new Blob(images.map(({ map }) => map as Float32Array<ArrayBuffer>));
    await fetch(url, { method: 'PUT', body: numbers });
    return { category, side, fit, images: images.map(({ map: _, ...image }) => image) };
  }, `${exchange.prefix}/${mapsName}`);
  const bytes = exchange.received(mapsName);
  if (!bytes) throw new Error('The page did not return the anomaly maps.');
  return receivedMaps(header, bytes);
};

/** Evaluates the present run of the page in every way, and exports it. */
const collect = async (
  page: BrowserPage,
  exchange: FileExchange,
  { compareScores, maps: wantedMaps }: Pick<TrainCommand, 'compareScores' | 'maps'>,
) => {
  const metrics = await page.run(() => window.residua.metrics(), undefined);
  const baselines = await page.run(() => window.residua.baselines(), undefined);
  const comparison = compareScores
    ? await page.run(() => window.residua.compareScores(), undefined)
    : undefined;
  const threshold = await page.run(() => window.residua.fitThreshold(), undefined);
  await page.run(async (url) => {
    const bundle = await window.residua.exportBundle({ withImages: false });
    await fetch(url, { method: 'PUT', body: bundle });
  }, `${exchange.prefix}/${bundleName}`);
  const bundle = exchange.received(bundleName);
  if (!bundle) throw new Error('The page did not return the bundle.');
  const maps = wantedMaps && { size: wantedMaps, ...(await collectMaps(page, exchange)) };
  const snapshot = await page.run(() => window.residua.snapshot(), undefined);
  return { metrics, baselines, comparison, threshold, parts: unzipParts(bundle, bundleName), snapshot, maps };
};

/** Opens the device, configures the page, and loads the images. */
const prepare = async (
  page: BrowserPage,
  exchange: FileExchange,
  files: readonly DataFile[] | undefined,
  command: TrainCommand | EvaluateCommand,
) => {
  const startedAt = new Date();
  const startMs = performance.now();
  await openDevice(page, command.device);
  if (command.kind === 'train') {
    await page.run((config) => window.residua.setConfig(config), command.config);
  }
  if (files) await loadFolder(page, exchange.prefix, files, command);
  const loadMs = performance.now() - startMs;
  return { source: command.dataFolder ?? 'sample', browser: page.browser, startedAt, loadMs };
};

const baselinesOf = (page: BrowserPage): Promise<PlainBaselines> =>
  page.run(() => window.residua.baselines(), undefined);

/** Resumes the run of the command's checkpoints, if it has any. */
const resumeIfAsked = async (
  page: BrowserPage,
  { prefix }: FileExchange,
  files: readonly DataFile[] | undefined,
  command: TrainCommand | EvaluateCommand,
  { onResumed }: TrainingFollowers,
): Promise<ResumedPlace | undefined> => {
  if (command.kind !== 'train' || !command.resumed) return undefined;
  const place = await resume(page, prefix, files?.length ?? 0, command.resumed.length);
  onResumed(place);
  return place;
};

/**
 * Configures the page, trains or loads a model, and collects the results.
 * @param files files of the data folder; undefined selects the sample category
 * @throws ResiduaError the error that the page would show
 */
export const runInPage = async (
  page: BrowserPage,
  exchange: FileExchange,
  files: readonly DataFile[] | undefined,
  command: TrainCommand | EvaluateCommand,
  followers: TrainingFollowers,
): Promise<FinishedRun> => {
  const { onBaselines } = followers;
  const circumstances = await prepare(page, exchange, files, command);
  if (command.kind === 'train') onBaselines(await baselinesOf(page));
  const loadedMs = performance.now();
  const resumed = await resumeIfAsked(page, exchange, files, command, followers);
  if (command.kind === 'train') {
    await follow(
      page,
      followers,
      page.run(() => window.residua.train(), undefined),
    );
  } else await evaluate(page, exchange.prefix, files?.length ?? 0, command);
  const workMs = performance.now() - loadedMs;
  if (command.kind === 'evaluate') onBaselines(await baselinesOf(page));
  const model = command.kind === 'evaluate' ? command.modelFolder : undefined;
  const collected = await collect(page, exchange, command);
  return {
    ...collected,
    circumstances: { ...circumstances, model, workMs, resumedFromStep: resumed?.step },
  };
};

/** A finished race and its circumstances. */
export interface FinishedRace {
  readonly result: RaceResult;
  /** Of each contestant; undefined if it failed. */
  readonly runs: readonly (FinishedRun | undefined)[];
  readonly baselines: PlainBaselines;
  readonly raceMs: number;
}

/**
 * The same for a race. The first contestant's results are collected first, and each rival is then opened from the page's library.
 * @throws ResiduaError the error that the page would show; the first contestant's error if all fail
 */
export const raceInPage = async (
  page: BrowserPage,
  exchange: FileExchange,
  files: readonly DataFile[] | undefined,
  command: TrainCommand & { readonly race: RaceOption },
  followers: TrainingFollowers,
): Promise<FinishedRace> => {
  const circumstances = await prepare(page, exchange, files, command);
  const baselines = await baselinesOf(page);
  followers.onBaselines(baselines);
  await page.run((rivals) => window.residua.planRace(rivals), command.race.rivals);
  const startMs = performance.now();
  const resumed = await resumeIfAsked(page, exchange, files, command, followers);
  const result = await follow(
    page,
    followers,
    page.run(() => window.residua.trainRace(), undefined),
  );
  const raceMs = performance.now() - startMs;
  const runs: (FinishedRun | undefined)[] = [];
  for (const [place, { runId, microBatch }] of result.contestants.entries()) {
    if (runId === undefined) {
      runs.push(undefined);
      continue;
    }
    if (place > 0) await page.run((id) => window.residua.openRun(id), runId);
    const collected = await collect(page, exchange, command);
    // An opened run was planned alone, which may allow a larger micro-batch than its training had.
    const snapshot = { ...collected.snapshot, microBatch };
    const resumedFromStep = place === 0 ? resumed?.step : undefined;
    const unshared = { ...circumstances, model: undefined, workMs: undefined, resumedFromStep };
    runs.push({ ...collected, snapshot, circumstances: unshared });
  }
  return { result, runs, baselines, raceMs };
};
