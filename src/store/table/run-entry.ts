/** Runs one entry of the queue, from its files to its image AUROC, through the actions of the page's buttons. */

import type { Category } from '#core/dataset.ts';
import { asResiduaError, type PlainError, ResiduaError } from '#core/errors.ts';
import { isSameFraming } from '#core/fit.ts';
import { imageAuroc } from '#core/metrics/auroc.ts';
import type { EntryResult, QueueEntry } from '#core/table/queue-entry.ts';
import { scoreInterval } from '#core/table/score-interval.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { figuresOf, settledReferences } from '../baselines/run-references.ts';
import type { DatasetActions } from '../dataset/actions.ts';
import type { LoadedDataset } from '../dataset/state.ts';
import type { RunActions } from '../run/actions.ts';
import { latestEvaluation } from '../run/state.ts';
import { runSplit } from '../run/training-split.ts';
import { until } from '../until.ts';

/** The actions that the queue performs. */
export interface QueueActions {
  readonly dataset: Pick<DatasetActions, 'loadCategory' | 'cancelLoading' | 'dismissError'>;
  readonly run: Pick<RunActions, 'start' | 'pause' | 'setConfig' | 'dismissError'>;
}

/** The end of an entry. */
export type EntryEnd =
  | { readonly kind: 'done'; readonly result: Omit<EntryResult, 'elapsedMs'> }
  /** `scope` says which runs fail for the same reason: this run, all on these images, or all on this device. */
  | { readonly kind: 'failed'; readonly error: PlainError; readonly scope: 'entry' | 'category' | 'device' }
  /** Stopped by the user before its last epoch. */
  | { readonly kind: 'stopped'; readonly epoch: number }
  /** Paused, or other images were loaded: it can run again. It may resume at `step`. */
  | { readonly kind: 'interrupted'; readonly step: number };

const failed = (thrown: unknown, scope: 'entry' | 'category' | 'device'): EntryEnd => ({
  kind: 'failed',
  error: asResiduaError(thrown).toPlain(),
  scope,
});

const interrupted = (step = 0): EntryEnd => ({ kind: 'interrupted', step });

const deviceName = ({ run: { device } }: AppState): string =>
  device.phase === 'ready'
    ? `${device.report.backend === 'wasm' ? 'WASM' : 'WebGPU'}, ${device.report.name}`
    : '';

/** Whether each test image is anomalous, in the order of scores. */
const testLabels = ({ samples }: LoadedDataset): boolean[] =>
  samples.filter(({ split }) => split === 'test').map(({ anomalous }) => anomalous);

const noTestImages = (category: string): ResiduaError =>
  new ResiduaError(
    'no-test-images',
    `The category ${category} has no test images, so there is nothing to score.`,
    'Add test images to test/good and test/<defect>, and plan it again.',
  );

/** Tasks that only the user starts: a run may also pause briefly by itself. */
const userTasks: readonly AppState['run']['task'][] = ['pausing', 'stopping', 'resetting', 'stepping'];

type RunEnd = 'finished' | 'failed' | 'interrupted';

/** Waits until the run ends, or the user interferes with it. */
const endOfRun = (api: StateApi, loaded: LoadedDataset): Promise<RunEnd> => {
  let interfered = false;
  return until(api, ({ run, dataset }): RunEnd | undefined => {
    interfered ||= userTasks.includes(run.task);
    if (run.status.phase === 'failed') return run.error ? 'failed' : undefined;
    if (run.task !== undefined) return undefined;
    if (run.status.phase === 'finished') return 'finished';
    if (dataset.loaded !== loaded) return 'interrupted';
    return interfered && run.status.phase !== 'running' ? 'interrupted' : undefined;
  });
};

/**
 * Whether a start has led to a run. An error on the page is no evidence: it may belong to an earlier request about the
 * previous run.
 */
const hasStarted = ({ run: { status } }: AppState, before: AppState['run']['status']): boolean =>
  status.phase === 'running' || (status !== before && status.phase !== 'idle');

/** Loads images with the framing of the settings; returns the end of the entry if that fails. */
const loadImages = async (
  api: StateApi,
  { dataset }: QueueActions,
  category: Category,
): Promise<LoadedDataset | EntryEnd> => {
  const isThere = ({ dataset: { loaded }, run }: AppState): boolean =>
    loaded?.category === category && isSameFraming(loaded, run.config);
  if (!isThere(api.getState())) await dataset.loadCategory(category);
  const state = api.getState();
  const { loaded, error } = state.dataset;
  if (loaded && isThere(state)) return loaded;
  if (!error) return interrupted();
  // The table shows the error from now on.
  dataset.dismissError();
  return failed(ResiduaError.fromPlain(error), 'category');
};

const resultOf = async (api: StateApi, entry: QueueEntry, loaded: LoadedDataset): Promise<EntryEnd> => {
  const state = api.getState();
  const { run } = state;
  const { step, stepsPerEpoch, epoch } = run.status;
  const evaluation = latestEvaluation(run);
  if (step < entry.config.epochs * stepsPerEpoch || evaluation?.step !== step) {
    return { kind: 'stopped', epoch };
  }
  const { references } = await until(api, (present) => settledReferences(present, evaluation));
  return {
    kind: 'done',
    result: {
      imageAuroc: evaluation.imageAuroc,
      references: references && figuresOf(references),
      interval: scoreInterval(evaluation.scores, testLabels(loaded)),
      trainImages: runSplit(state).trained.length,
      testImages: loaded.summary.testCount,
      unreadable: entry.imageCount - loaded.samples.length,
      data: loaded.facts,
      microBatch: run.summary?.microBatch,
      epochs: epoch,
      device: deviceName(state),
    },
  };
};

/** Returns the end of an entry whose images allow no AUROC: it is not trained. */
const endWithoutTraining = (
  state: AppState,
  entry: QueueEntry,
  loaded: LoadedDataset,
): EntryEnd | undefined => {
  const labels = testLabels(loaded);
  if (labels.length === 0) return failed(noTestImages(entry.category), 'category');
  const metric = imageAuroc(new Float64Array(labels.length), labels);
  if (metric.defined) return undefined;
  return {
    kind: 'done',
    result: {
      imageAuroc: metric,
      interval: metric,
      trainImages: 0,
      testImages: loaded.summary.testCount,
      unreadable: entry.imageCount - loaded.samples.length,
      data: loaded.facts,
      epochs: 0,
      device: deviceName(state),
    },
  };
};

/**
 * Runs an entry. Resumes a paused run with the same settings and images; otherwise starts a new run.
 * @param isWanted called before each long step; false ends the entry as interrupted
 */
export const runEntry = async (
  api: StateApi,
  actions: QueueActions,
  entry: QueueEntry,
  category: Category,
  isWanted: () => boolean,
): Promise<EntryEnd> => {
  const { run } = actions;
  const isFree = ({ run: { task, device } }: AppState): true | undefined =>
    task === undefined && device.phase !== 'starting' ? true : undefined;
  await until(api, isFree);
  const { device, status } = api.getState().run;
  if (device.phase === 'failed') return failed(ResiduaError.fromPlain(device.error), 'device');
  if (status.phase === 'running') await run.pause();
  if (!isWanted()) return interrupted();
  try {
    // An entry trains alone.
    patch(api, 'race', { planned: [] });
    run.setConfig(entry.config);
  } catch (thrown) {
    return failed(thrown, 'entry');
  }
  const loaded = await loadImages(api, actions, category);
  if ('kind' in loaded) return loaded;
  const without = endWithoutTraining(api.getState(), entry, loaded);
  if (without) return without;
  await until(api, isFree);
  if (!isWanted()) return interrupted();

  const statusBefore = api.getState().run.status;
  await run.start();
  const end = hasStarted(api.getState(), statusBefore) ? await endOfRun(api, loaded) : 'failed';
  const state = api.getState();
  if (end === 'finished') return resultOf(api, entry, loaded);
  if (end === 'interrupted') return interrupted(state.run.status.step);
  const { error: cause } = state.run;
  run.dismissError();
  return failed(
    cause ? ResiduaError.fromPlain(cause) : new Error('the run failed'),
    state.run.device.phase === 'failed' ? 'device' : 'entry',
  );
};
