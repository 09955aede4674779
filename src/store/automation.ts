/** The page without its controls: a plain API on `window.residua`, for the command line and for tests. */
import type { AnomalyMaps } from '#core/anomaly-maps/map-files.ts';
import { type PlainBaselines, plainBaselines } from '#core/baselines/plain-baselines.ts';
import { batchNormModes, type RunConfig } from '#core/config.ts';
import type { DeviceChoice } from '#core/device.ts';
import { cancelled, type PlainError, ResiduaError } from '#core/errors.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import type { Mapping } from '#core/layout/roles.ts';
import type { ImageMetrics } from '#core/metrics/image-metrics.ts';
import type { PixelMetrics, PixelMetricValues } from '#core/metrics/pixel-metrics.ts';
import type { ThresholdRecord } from '#core/metrics/threshold-record.ts';
import type { RaceVariant } from '#core/race.ts';
import type { RaceResult } from '#core/race-result.ts';
import {
  comparisonOf,
  isMadeWith,
  mapOfWay,
  type ScoreComparison,
  waysOfScoring,
} from '#core/scores/compare-scores.ts';
import type { DroppedFile } from '#worker/dataset-client.ts';

import type { CheckpointFile, ExportedRun } from '#worker/protocol.ts';

import type { AppState } from './app-state.ts';
import type { AppStore } from './app-store.ts';
import { presentDifference } from './baselines/baseline-difference.ts';
import { figuresOf, settledReferences } from './baselines/run-references.ts';
import { presentReferences } from './baselines/state.ts';
import type { BundleOptions } from './bundle/actions.ts';
import { labelsOf } from './dataset/image-labels.ts';
import { chosenThreshold } from './decision/threshold.ts';
import { isThresholdSettled, presentThresholdRecord } from './decision/threshold-export.ts';
import type { PixelMetricsState } from './metrics/state.ts';
import { raceResult } from './race/result.ts';
import { latestEvaluation } from './run/state.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import { until } from './until.ts';

export type { Snapshot } from './snapshot.ts';

/** If a method fails, it rejects with the `ResiduaError` that the page shows. */
export interface Automation {
  readonly store: AppStore;
  /** Resolves once the device has started and the sample category is loaded. */
  readonly ready: Promise<void>;
  /**
   * Loads a category. `category` names it if the files hold several.
   * @param mappings roles of the images in place of those that their folders' names say
   */
  loadFiles(files: readonly DroppedFile[], category?: string, mappings?: readonly Mapping[]): Promise<void>;
  /** Moves training to another device. */
  chooseDevice(choice: DeviceChoice): Promise<void>;
  setConfig(change: Partial<RunConfig>): void;
  /** Plans the rivals of the next run; an empty list is no race. */
  planRace(variants: readonly RaceVariant[]): void;
  /** Trains and resolves when the run is finished. */
  train(): Promise<void>;
  /**
   * Trains the planned race; resolves when every contestant has failed or is retained.
   * @throws ResiduaError (as rejection) the error of the first run if all fail
   */
  trainRace(): Promise<RaceResult>;
  /** Opens a retained run as the present one. */
  openRun(id: string): Promise<void>;
  /** Evaluates the finished run with these settings; resolves after the evaluation. */
  evaluateWith(change: Partial<EvaluationSettings>): Promise<void>;
  /** All metrics of the latest evaluation; resolves after the pixel metrics. */
  metrics(): Promise<{ readonly image: ImageMetrics; readonly pixel: PixelMetrics }>;
  /** The baselines of the loaded images; resolves once they are computed with the present settings. */
  baselines(): Promise<PlainBaselines>;
  /** Evaluates the finished run with every score, raw and calibrated, and restores its settings. */
  compareScores(): Promise<readonly ScoreComparison[]>;
  /**
   * Sets the threshold to a quantile of the good images, which needs no defects.
   * @returns the threshold's record, or the reason why no threshold exists
   */
  fitThreshold(): Promise<ThresholdRecord | { readonly reason: string }>;
  exportRun(): Promise<ExportedRun>;
  /** The bytes of the last evaluation's bundle, a .zip. */
  exportBundle(options: BundleOptions): Promise<Uint8Array<ArrayBuffer>>;
  /** The anomaly maps of the last evaluation. */
  anomalyMaps(): Promise<AnomalyMaps>;
  importRun(run: ExportedRun): Promise<void>;
  /** The same for the files of an export. */
  importFiles(files: readonly File[]): Promise<void>;
  /** Makes a checkpoint of the present run, and of each rival, while they train or rest; without past epochs. */
  checkpoint(): Promise<readonly CheckpointFile[]>;
  /** Replaces the present run by that of these checkpoints, paused where it was; `train` goes on. The images must be loaded. */
  resume(checkpoints: readonly ArrayBuffer[]): Promise<void>;
  snapshot(): Snapshot;
}

const busy = (): ResiduaError =>
  new ResiduaError('busy', 'Another request is under way.', 'Wait for its end.');

const throwIfFailed = (error: PlainError | undefined): void => {
  if (error) throw ResiduaError.fromPlain(error);
};

/** Nobody answers the offer to train on the processor. */
const throwIfOffered = ({ recovery: { notice } }: AppState): void => {
  if (!notice?.offersProcessor) return;
  throw new ResiduaError(
    'device-lost',
    notice.title,
    'Resume the run from its checkpoint, or train it on the processor.',
  );
};

type EndedPixelMetrics = Exclude<PixelMetricsState, { phase: 'none' | 'computing' }>;

const hasEnded = (pixel: PixelMetricsState): pixel is EndedPixelMetrics =>
  pixel.phase === 'ready' || pixel.phase === 'failed';

/**
 * Creates the API over a store.
 * @param ready the promise of `startUp`
 */
export const createAutomation = (store: AppStore, ready: Promise<void>): Automation => {
  const { actions } = store;
  /** Waits for a value in the state. Rejects if the page shows an error first. */
  const settled = <T>(find: (state: AppState) => T | undefined): Promise<T> =>
    until(store, (state) => {
      const value = find(state);
      if (value === undefined) throwIfFailed(state.run.error);
      return value;
    });

  const evaluateWith = (change: Partial<EvaluationSettings>): Promise<Evaluation> => {
    actions.run.setConfig(change);
    const settings = evaluationSettingsOf(store.getState().run.config);
    return settled(({ run }) => {
      const latest = latestEvaluation(run);
      return latest && isMadeWith(latest, settings) ? latest : undefined;
    });
  };

  const metrics: Automation['metrics'] = async () => {
    const { image, pixel } = await settled(({ metrics: { image, evaluation, pixel }, run }) =>
      image && evaluation === latestEvaluation(run) && hasEnded(pixel) ? { image, pixel } : undefined,
    );
    if (pixel.phase === 'failed') throw ResiduaError.fromPlain(pixel.error);
    return { image, pixel: pixel.metrics };
  };

  return {
    store,
    ready,
    loadFiles: async (files, category, mappings) => {
      await actions.dataset.loadFiles(files, { mappings });
      const { pending } = store.getState().dataset;
      if (pending && category !== undefined) await actions.dataset.chooseCategory(category);
      else if (pending) {
        actions.dataset.cancelChoice();
        const names = pending.categories.map(({ name }) => name).join(', ');
        throw new ResiduaError(
          'not-a-category',
          `The folder holds several categories: ${names}.`,
          'Name one of them.',
        );
      }
      throwIfFailed(store.getState().dataset.error);
    },
    chooseDevice: async (choice) => {
      await actions.run.chooseDevice(choice);
      throwIfFailed(store.getState().run.error);
    },
    setConfig: actions.run.setConfig,
    planRace: (variants) => {
      actions.race.plan(variants);
      throwIfFailed(store.getState().run.error);
    },
    trainRace: async () => {
      await actions.run.start();
      const { dataset, run } = store.getState();
      throwIfFailed(run.error ?? dataset.error);
      const result = await until(store, (state) => {
        throwIfOffered(state);
        return raceResult(state);
      });
      if (result.contestants.every(({ failure }) => failure)) throwIfFailed(result.contestants[0]?.failure);
      // The result has the failure of a contestant.
      actions.run.dismissError();
      return result;
    },
    openRun: async (id) => {
      await actions.runs.restore(id);
      const { run, runs, dataset } = store.getState();
      throwIfFailed(run.error ?? runs.error ?? dataset.error);
    },
    train: async () => {
      await actions.run.start();
      const { dataset, run } = store.getState();
      throwIfFailed(run.error ?? dataset.error);
      await until(store, (state) => {
        throwIfOffered(state);
        const { status, error } = state.run;
        if (status.phase === 'failed') throwIfFailed(error);
        return status.phase === 'finished' || undefined;
      });
    },
    evaluateWith: async (change) => {
      await evaluateWith(change);
    },
    metrics,
    baselines: () =>
      settled((state) => {
        const { statistics, error, stopped, underWay } = state.baselines;
        throwIfFailed(underWay ? undefined : error);
        if (stopped && !underWay) throw cancelled();
        const references = presentReferences(state.baselines, state.run);
        if (!statistics || !references) return undefined;
        return plainBaselines(statistics, references, presentDifference(state, latestEvaluation(state.run)));
      }),
    compareScores: async () => {
      const { run, dataset } = store.getState();
      const labels = labelsOf(dataset.loaded?.samples ?? []);
      // Imported weights are evaluated with the batch-norm statistics of their file, whatever the setting.
      const modes = run.importedFrom === undefined ? batchNormModes : [run.config.batchNorm];
      const ofMaps = new Map<string, PixelMetricValues>();
      const comparisons: ScoreComparison[] = [];
      const own = evaluationSettingsOf(run.config);
      try {
        for (const settings of waysOfScoring(run.config, modes)) {
          const evaluation = await evaluateWith(settings);
          const map = mapOfWay(settings);
          const ofPixels = ofMaps.get(map) ?? (await metrics()).pixel.overall;
          ofMaps.set(map, ofPixels);
          const { references } = await settled((state) => settledReferences(state, evaluation));
          comparisons.push({
            ...comparisonOf(evaluation, labels, ofPixels),
            ...(references && { references: figuresOf(references) }),
          });
        }
      } catch (thrown) {
        actions.run.setConfig(own);
        throw thrown;
      }
      await evaluateWith(own);
      return comparisons;
    },
    fitThreshold: async () => {
      const { quantile } = store.getState().decision;
      actions.decision.setPolicy({ kind: 'good-quantile', quantile });
      await until(store, (state) => isThresholdSettled(state) || undefined);
      const state = store.getState();
      const chosen = chosenThreshold(state);
      return (
        presentThresholdRecord(state) ?? { reason: chosen.defined ? 'It is not finite.' : chosen.reason }
      );
    },
    exportRun: async () => {
      const exported = await actions.run.exportRun();
      throwIfFailed(store.getState().run.error);
      if (!exported) throw busy();
      return exported;
    },
    exportBundle: async (options) => {
      const bundle = await actions.bundle.zip({ ...options, name: 'bundle' });
      throwIfFailed(store.getState().run.error);
      if (!bundle) throw busy();
      return bundle.bytes;
    },
    anomalyMaps: async () => {
      const maps = await actions.bundle.maps();
      throwIfFailed(store.getState().run.error);
      if (!maps) throw busy();
      return maps;
    },
    importRun: async (run) => {
      await actions.imports.run(run);
      const state = store.getState();
      throwIfFailed(state.run.error ?? state.dataset.error);
    },
    importFiles: async (files) => {
      await actions.imports.files(files);
      const state = store.getState();
      throwIfFailed(state.run.error ?? state.dataset.error);
    },
    checkpoint: () => actions.checkpoints.make(false),
    resume: async (checkpoints) => {
      await actions.checkpoints.resume(checkpoints);
      const { run, dataset } = store.getState();
      throwIfFailed(run.error ?? dataset.error);
    },
    snapshot: () => snapshotOf(store.getState()),
  };
};
