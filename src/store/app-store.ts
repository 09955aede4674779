/** The page's store, made without React: state in slices, actions beside it, workers injected. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppState, initialState } from './app-state.ts';
import { type BaselinesActions, createBaselinesActions } from './baselines/actions.ts';
import { keepCalibration } from './calibration/sync-calibration.ts';
import type { Clients } from './clients.ts';
import { createDatasetActions, type DatasetActions } from './dataset/actions.ts';
import { createDecisionActions, type DecisionActions } from './decision/actions.ts';
import { createMetricsActions, type MetricsActions } from './metrics/actions.ts';
import { createRunActions, type RunActions } from './run/actions.ts';
import { listenToTraining } from './run/events.ts';
import { keepEstimate } from './run/sync-estimate.ts';
import { createRunsActions, type RunsActions } from './runs/actions.ts';
import { recordSettings, type SettingsHistoryActions } from './settings-history/actions.ts';
import { createTableActions, type TableActions } from './table/actions.ts';
import { guardActions } from './table/guard-actions.ts';
import { createViewActions, type ViewActions } from './view/actions.ts';

export interface AppActions {
  readonly dataset: DatasetActions;
  readonly run: RunActions;
  readonly settings: SettingsHistoryActions;
  readonly metrics: MetricsActions;
  readonly baselines: BaselinesActions;
  readonly decision: DecisionActions;
  readonly view: ViewActions;
  readonly runs: RunsActions;
  readonly table: TableActions;
  /** Starts the device, loads the sample category, so that one click trains, and opens what earlier visits kept. */
  startUp(): Promise<void>;
}

/** A zustand store of `AppState` with the actions that change it. */
export interface AppStore extends StoreApi<AppState> {
  readonly actions: AppActions;
}

/** Makes the store; does nothing until `actions.startUp`. */
export const createAppStore = (clients: Clients): AppStore => {
  const api = createStore<AppState>()(() => initialState);
  const { training } = clients;
  const metrics = createMetricsActions(api, training, clients.metrics);
  const baselines = createBaselinesActions(api, clients.baselines);
  const view = createViewActions(api, training);
  listenToTraining(api, training, view.scrub);
  keepEstimate(api, training);
  keepCalibration(api, training);
  const decision = createDecisionActions(api, training);
  const dataset = createDatasetActions(api, clients, view.select, baselines.take);
  const showAgain = async (): Promise<void> => {
    const { selected } = api.getState().view;
    if (selected !== undefined) await view.select(selected);
  };
  const run = createRunActions(api, training, dataset, showAgain);
  const table = createTableActions(api, { dataset, run }, clients);
  const guarded = guardActions(api, dataset, run);
  const recorded = recordSettings(api, guarded.run, clients.nowMs);
  const runs = createRunsActions(api, training, clients.openRunLibrary, guarded.run);
  const startUp = async (): Promise<void> => {
    recorded.settings.forget();
    await Promise.all([run.initialise(), dataset.loadSample(), runs.open(), table.restore()]);
  };
  return {
    ...api,
    actions: { ...guarded, ...recorded, metrics, baselines, decision, view, runs, table, startUp },
  };
};
