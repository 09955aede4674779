/** All state of the page as plain data, in slices, and the store that holds it. */

import type { StoreApi } from 'zustand/vanilla';
import { emptyHistory } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import { type BaselinesState, noBaselines } from './baselines/state.ts';
import { type CalibrationState, noCalibration } from './calibration/state.ts';
import type { DatasetState } from './dataset/state.ts';
import { type DecisionState, initialDecision } from './decision/state.ts';
import { type MetricsState, noMetrics } from './metrics/state.ts';
import type { RunState } from './run/state.ts';
import { closedLibrary, type RunsState } from './runs/state.ts';
import { emptySettingsHistory, type SettingsHistory } from './settings-history/state.ts';
import { emptyTable, type TableState } from './table/state.ts';
import type { ViewState } from './view/state.ts';

export interface AppState {
  readonly dataset: DatasetState;
  readonly run: RunState;
  /** The user's changes of `run.config`, to be undone. */
  readonly settings: SettingsHistory;
  readonly metrics: MetricsState;
  readonly calibration: CalibrationState;
  /** What the loaded images say without a network. */
  readonly baselines: BaselinesState;
  readonly decision: DecisionState;
  readonly view: ViewState;
  /** The library of kept runs. */
  readonly runs: RunsState;
  readonly table: TableState;
}

/** The zustand store under the slices. */
export type StateApi = StoreApi<AppState>;

/** Changes one slice, leaving the others as they are. */
export const patch = <K extends keyof AppState>(
  api: StateApi,
  slice: K,
  change: Partial<AppState[K]>,
): void => api.setState((state) => ({ ...state, [slice]: { ...state[slice], ...change } }));

/** The state before anything is loaded or started. */
export const initialState = (): AppState => ({
  dataset: {
    loaded: undefined,
    loading: undefined,
    pending: undefined,
    meanSpectrum: { phase: 'unknown' },
    error: undefined,
  },
  run: {
    device: { phase: 'starting' },
    deviceChoice: 'auto',
    estimate: { phase: 'unknown' },
    config: presets.quickLook,
    ...withoutRun(presets.quickLook.epochs),
    spectraByLoss: {},
    task: undefined,
    taskProgress: undefined,
    evaluatingAgain: false,
    error: undefined,
  },
  settings: emptySettingsHistory,
  metrics: noMetrics,
  calibration: noCalibration,
  baselines: noBaselines,
  decision: initialDecision,
  view: {
    page: 'bench',
    selected: undefined,
    sample: undefined,
    meanSample: undefined,
    reconstructionSource: 'model',
    galleryMode: 'test',
    gallerySort: 'score-descending',
    overlayOpacity: 0.6,
    overlayContent: 'residual',
    pastStep: undefined,
    maskShown: true,
    leftOverShown: false,
    theme: 'system',
    lossSmoothing: 0.6,
    lossScale: 'log',
    lossAbscissa: 'step',
    aurocRange: 'whole',
  },
  runs: closedLibrary,
  table: emptyTable(),
});

/** The status of a run that is not there yet. */
export const idleStatus = (epochs: number): RunState['status'] => ({
  phase: 'idle',
  step: 0,
  stepsPerEpoch: 0,
  epoch: 0,
  epochs,
  imagesPerSecond: undefined,
  remainingMs: undefined,
  activity: undefined,
  progress: undefined,
  deviceBytes: 0,
});

/** The part of the run slice that belongs to a run, as it is where there is none. */
export const withoutRun = (epochs: number) =>
  ({
    configured: undefined,
    status: idleStatus(epochs),
    history: emptyHistory,
    keptEvaluations: [],
    summary: undefined,
    keptStep: 0,
    importedFrom: undefined,
  }) as const satisfies Partial<RunState>;
