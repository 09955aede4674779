/** The whole state of the page: plain data in slices, and the store that holds it. */

import type { StoreApi } from 'zustand/vanilla';
import { type BaselinesState, initialBaselines } from './baselines/state.ts';
import { type CalibrationState, initialCalibration } from './calibration/state.ts';
import { type DatasetState, initialDataset } from './dataset/state.ts';
import { type DecisionState, initialDecision } from './decision/state.ts';
import { initialLecture, type LectureState } from './lecture/state.ts';
import { initialMetrics, type MetricsState } from './metrics/state.ts';
import { initialNewImages, type NewImagesState } from './new-images/state.ts';
import { initialPair, type PairState } from './pair/state.ts';
import { initialRace, type RaceState } from './race/state.ts';
import { initialRecovery, type RecoveryState } from './recovery/state.ts';
import { initialRun, type RunState } from './run/state.ts';
import { initialRuns, type RunsState } from './runs/state.ts';
import { initialSettingsHistory, type SettingsHistory } from './settings-history/state.ts';
import { initialSpectra, type SpectraState } from './spectra/state.ts';
import { initialStorage, type StorageState } from './storage/state.ts';
import { initialTable, type TableState } from './table/state.ts';
import { initialView, type ViewState } from './view/state.ts';

export interface AppState {
  readonly dataset: DatasetState;
  readonly run: RunState;
  /** The rivals of the present run and of the next one. */
  readonly race: RaceState;
  /** The user's changes of `run.config`, for undo and redo. */
  readonly settings: SettingsHistory;
  readonly metrics: MetricsState;
  readonly calibration: CalibrationState;
  /** Results on the loaded images without a network. */
  readonly baselines: BaselinesState;
  readonly decision: DecisionState;
  /** Images that were dropped on a trained run. */
  readonly newImages: NewImagesState;
  /** The spectra of the test set's residual. */
  readonly spectra: SpectraState;
  readonly view: ViewState;
  /** The script that the lecture mode shows. */
  readonly lecture: LectureState;
  /** The library of retained runs. */
  readonly runs: RunsState;
  /** The checkpoints in the browser's storage. */
  readonly storage: StorageState;
  /** The recovery from a lost device. */
  readonly recovery: RecoveryState;
  readonly table: TableState;
  /** The pair of runs that comes with the page. */
  readonly pair: PairState;
}

/** The zustand store under the slices. */
export type StateApi = StoreApi<AppState>;

/** Changes one slice and leaves the others as they are. */
export const patch = <K extends keyof AppState>(
  api: StateApi,
  slice: K,
  change: Partial<AppState[K]>,
): void => api.setState((state) => ({ ...state, [slice]: { ...state[slice], ...change } }));

/** The state before anything is loaded or started. */
export const initialState: AppState = {
  dataset: initialDataset,
  run: initialRun,
  race: initialRace,
  settings: initialSettingsHistory,
  metrics: initialMetrics,
  calibration: initialCalibration,
  baselines: initialBaselines,
  decision: initialDecision,
  newImages: initialNewImages,
  spectra: initialSpectra,
  view: initialView,
  lecture: initialLecture,
  runs: initialRuns,
  storage: initialStorage,
  recovery: initialRecovery,
  table: initialTable,
  pair: initialPair,
};
