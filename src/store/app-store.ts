/** The page's store, without React: it composes the slices' states and actions over injected workers. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppState, initialState } from './app-state.ts';
import { type BaselinesActions, baselinesPolicy, createBaselinesActions } from './baselines/actions.ts';
import { type BundleActions, bundlePolicy, createBundleActions } from './bundle/actions.ts';
import { syncCalibration } from './calibration/sync-calibration.ts';
import { type CheckpointActions, checkpointsPolicy, createCheckpointActions } from './checkpoints/actions.ts';
import type { Clients } from './clients.ts';
import { createDatasetActions, type DatasetActions, datasetPolicy } from './dataset/actions.ts';
import { createDecisionActions, type DecisionActions, decisionPolicy } from './decision/actions.ts';
import { createLectureActions, type LectureActions, lecturePolicy } from './lecture/actions.ts';
import { createMetricsActions, type MetricsActions, metricsPolicy } from './metrics/actions.ts';
import { syncScoreTable } from './metrics/sync-score-table.ts';
import { createNewImagesActions, type NewImagesActions, newImagesPolicy } from './new-images/actions.ts';
import { createOpenActions, type OpenActions, openPolicy } from './open/actions.ts';
import { createPairActions, type PairActions, pairPolicy } from './pair/actions.ts';
import { createRaceActions, type RaceActions, racePolicy } from './race/actions.ts';
import { listenToRivals } from './race/events.ts';
import { createRecovery, type RecoveryActions, recoveryPolicy } from './recovery/actions.ts';
import { createRunActions, type RunActions, runPolicy } from './run/actions.ts';
import { listenToTraining } from './run/events.ts';
import { createImportActions, type ImportActions, importsPolicy } from './run/imports.ts';
import { createRunTasks } from './run/run-tasks.ts';
import { syncEstimate } from './run/sync-estimate.ts';
import { syncPastScores } from './run/sync-past-scores.ts';
import { syncTimedPresets } from './run/sync-timed-presets.ts';
import { createRunsActions, type RunsActions, runsPolicy } from './runs/actions.ts';
import { followPresentRun } from './runs/present-run.ts';
import { createSyncedLibrary } from './runs/synced-library.ts';
import { recordSettings, type SettingsHistoryActions, settingsPolicy } from './settings-history/actions.ts';
import { createSpectraActions, type SpectraActions, spectraPolicy } from './spectra/actions.ts';
import {
  createStorageActions,
  type StorageActions,
  storageLoader,
  storagePolicy,
} from './storage/actions.ts';
import { createTableActions, type TableActions, tablePolicy } from './table/actions.ts';
import { guardByQueue, type QueuePolicy } from './table/queue-guard.ts';
import { createViewActions, type ViewActions, viewPolicy } from './view/actions.ts';

interface SliceActions {
  readonly dataset: DatasetActions;
  readonly run: RunActions;
  readonly race: RaceActions;
  readonly imports: ImportActions;
  readonly bundle: BundleActions;
  readonly checkpoints: CheckpointActions;
  readonly settings: SettingsHistoryActions;
  readonly metrics: MetricsActions;
  readonly baselines: BaselinesActions;
  readonly decision: DecisionActions;
  readonly spectra: SpectraActions;
  readonly view: ViewActions;
  readonly lecture: LectureActions;
  readonly runs: RunsActions;
  readonly storage: StorageActions;
  readonly recovery: RecoveryActions;
  readonly table: TableActions;
  readonly pair: PairActions;
  readonly newImages: NewImagesActions;
  readonly open: OpenActions;
}

export interface AppActions extends SliceActions {
  /** Starts the device, loads the sample category, and opens the runs, checkpoints and table of earlier visits. */
  startUp(): Promise<void>;
}

/** Which actions of each slice the running Table II queue allows, and how it refuses the others. */
export const queuePolicies: { readonly [Slice in keyof SliceActions]: QueuePolicy<SliceActions[Slice]> } = {
  dataset: datasetPolicy,
  run: runPolicy,
  race: racePolicy,
  imports: importsPolicy,
  bundle: bundlePolicy,
  checkpoints: checkpointsPolicy,
  settings: settingsPolicy,
  metrics: metricsPolicy,
  baselines: baselinesPolicy,
  decision: decisionPolicy,
  spectra: spectraPolicy,
  view: viewPolicy,
  lecture: lecturePolicy,
  runs: runsPolicy,
  storage: storagePolicy,
  recovery: recoveryPolicy,
  table: tablePolicy,
  pair: pairPolicy,
  newImages: newImagesPolicy,
  open: openPolicy,
};

/** A zustand store of `AppState`, with the actions that change it. */
export interface AppStore extends StoreApi<AppState> {
  readonly actions: AppActions;
}

/** Creates the store; it does nothing until `actions.startUp`. */
export const createAppStore = (clients: Clients): AppStore => {
  const api = createStore<AppState>()(() => initialState);
  const { training } = clients;
  const metrics = createMetricsActions(api, training, clients.metrics);
  const baselines = createBaselinesActions(api, clients.baselines);
  const view = createViewActions(api, training);
  syncEstimate(api, training);
  syncPastScores(api, training);
  syncScoreTable(api, training, clients.metrics);
  syncTimedPresets(api, training);
  syncCalibration(api, training);
  const decision = createDecisionActions(api, training);
  const spectra = createSpectraActions(api, training, clients.baselines);
  const dataset = createDatasetActions(api, clients, view.select, baselines.take);
  const showAgain = async (): Promise<void> => {
    const { selected } = api.getState().view;
    if (selected !== undefined) await view.select(selected);
  };
  const tasks = createRunTasks(api);
  const run = createRunActions(api, training, dataset, tasks, showAgain);
  const ownImports = createImportActions(api, training, dataset, tasks, showAgain);
  const bundle = createBundleActions(api, training, clients, tasks, metrics);
  const checkpoints = createCheckpointActions(api, training, dataset, tasks, showAgain);
  const table = createTableActions(api, { dataset, run }, clients);
  const guarded = <Slice extends keyof SliceActions>(
    slice: Slice,
    actions: SliceActions[Slice],
  ): SliceActions[Slice] => guardByQueue(api, actions, queuePolicies[slice]);
  const recorded = recordSettings(api, guarded('run', run), clients.nowMs);
  const imports = guarded('imports', ownImports);
  const library = createSyncedLibrary(api, clients.openRunLibrary);
  const present = followPresentRun(api);
  const runs = createRunsActions(api, clients, library, imports, run, present);
  const { openStorage, nowMs, everySecond } = clients;
  const loadStorage = storageLoader({
    ...{ api, training, dataset, run, library, present, tasks, showAgain, openStorage, nowMs },
  });
  const storage = createStorageActions(api, loadStorage, clients.onVisibility);
  const recovery = createRecovery(
    { api, training, dataset, present, storage: loadStorage, nowMs, everySecond },
    run,
    showAgain,
  );
  listenToTraining(api, training, view.scrub, recovery.take);
  listenToRivals(api, training, recovery.take);
  const pair = createPairActions(api, clients.bundledRuns, library, { imports, dataset });
  const newImages = createNewImagesActions(api, clients);
  const open = createOpenActions(api, { dataset, imports: ownImports, storage, table, newImages });
  const startUp = async (): Promise<void> => {
    recorded.settings.forget();
    await Promise.all([run.initialize(), dataset.loadSample(), runs.open(), table.restore()]);
    // Their code must not load before the first paint.
    await storage.refresh();
    await recovery.watch();
  };
  return {
    ...api,
    actions: {
      dataset: guarded('dataset', dataset),
      run: recorded.run,
      race: guarded('race', createRaceActions(api)),
      imports,
      bundle: guarded('bundle', bundle),
      checkpoints: guarded('checkpoints', checkpoints),
      settings: guarded('settings', recorded.settings),
      metrics: guarded('metrics', metrics),
      baselines: guarded('baselines', baselines),
      decision: guarded('decision', decision),
      spectra: guarded('spectra', spectra),
      view: guarded('view', view),
      lecture: guarded('lecture', createLectureActions(api, view, pair, runs)),
      runs: guarded('runs', runs),
      storage: guarded('storage', storage),
      recovery: guarded('recovery', recovery),
      table: guarded('table', table),
      pair: guarded('pair', pair),
      newImages: guarded('newImages', newImages),
      open: guarded('open', open),
      startUp,
    },
  };
};
