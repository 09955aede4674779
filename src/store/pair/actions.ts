/** Shows the bundled pair on an empty page, and removes it. */
import { StepHistory } from '#core/step-history.ts';
import type { BundledRun } from '#worker/bundled-runs.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import type { DatasetActions } from '../dataset/actions.ts';
import type { ImportActions } from '../run/imports.ts';
import { bytesOf, type RetainedRun } from '../runs/retained-run.ts';
import type { BundledRuns } from '../runs/synced-library.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';

/** Actions on the bundled pair. None of them rejects: if it cannot be read, the page stays empty. */
export interface PairActions {
  /**
   * Shows the pair if the page has nothing of the user's: no run, no retained run, no plan, the sample loaded, and the settings
   * of the pair, which are those of the page without a link. Otherwise does nothing.
   */
  show(): Promise<void>;
  /** Removes the pair, also while it is loading: the page is as it is without a run. */
  dismiss(): Promise<void>;
}

export const pairPolicy: QueuePolicy<PairActions> = { show: 'allow', dismiss: 'allow' };

/** Whether the page has the sample and nothing of the user's. */
const isUntouched = ({ run, race, runs, table, dataset }: AppState): boolean =>
  run.device.phase === 'ready' &&
  run.configured === undefined &&
  run.task === undefined &&
  run.error === undefined &&
  race.planned.length === 0 &&
  runs.retained.length === 0 &&
  table.phase === 'idle' &&
  dataset.loading === undefined &&
  dataset.loaded?.category.samples[0]?.source.kind === 'synthetic';

const hasSettingsOf = ({ run: { config } }: AppState, { config: bundled }: BundledRun): boolean =>
  (Object.keys(bundled) as (keyof typeof bundled)[]).every((key) => config[key] === bundled[key]);

/** The overlaid run. */
const overlaidRun = (
  { files, config, categoryName, history, parameterCount }: BundledRun,
  loaded: NonNullable<AppState['dataset']['loaded']>,
): RetainedRun => {
  const last = history.steps.at(-1);
  return {
    id: `bundled-${config.loss}`,
    bundled: true,
    name: `${config.loss.toUpperCase()} (example)`,
    note: '',
    createdAt: 0,
    categoryName,
    config,
    history: { ...history, steps: StepHistory.of(history.steps) },
    device: undefined,
    trainMs: undefined,
    summary: {
      parameterCount,
      stepsPerEpoch: last ? last.step / last.epoch : 1,
      microBatch: config.batch,
    },
    bytes: bytesOf(files),
    evaluatedOn: { category: categoryName, side: config.side, testImages: loaded.summary.testCount },
  };
};

/**
 * Creates the actions, and ends the pair when another run replaces it or it trains on.
 * @param read reads the bundled runs: the one to open, and the one to overlay
 */
export const createPairActions = (
  api: StateApi,
  read: () => Promise<readonly BundledRun[]>,
  library: BundledRuns,
  actions: {
    readonly imports: Pick<ImportActions, 'run'>;
    readonly dataset: Pick<DatasetActions, 'loadSample'>;
  },
): PairActions => {
  const end = (): void => {
    patch(api, 'pair', { phase: 'none' });
    library.dropBundled();
  };

  api.subscribe(({ run, pair }, before) => {
    if (pair.phase !== 'shown' || before.pair.phase !== 'shown') return;
    const replaced = run.summary !== before.run.summary || run.history.steps.length === 0;
    if (replaced || run.status.phase === 'running') end();
  });

  const showRuns = async (runs: readonly BundledRun[]): Promise<boolean> => {
    const [opened, overlaid] = runs;
    const { loaded } = api.getState().dataset;
    const state = api.getState();
    if (state.pair.phase !== 'loading') return false;
    if (!opened || !overlaid || !loaded || !isUntouched(state) || !hasSettingsOf(state, opened)) return false;
    await actions.imports.run(opened.files);
    const { run } = api.getState();
    if (run.configured === undefined) {
      // The user did not ask for this import, so its failure is no news.
      patch(api, 'run', { error: undefined });
      return false;
    }
    if (run.status.phase !== 'finished' || run.importedFrom === undefined) return false;
    if (api.getState().pair.phase !== 'loading') {
      await actions.dataset.loadSample();
      return false;
    }
    patch(api, 'pair', { phase: 'shown' });
    await library.addBundled(overlaidRun(overlaid, loaded), overlaid.files);
    return true;
  };

  return {
    show: async () => {
      if (api.getState().pair.phase !== 'none' || !isUntouched(api.getState())) return;
      patch(api, 'pair', { phase: 'loading' });
      const shown = await read()
        .then(showRuns)
        .catch(() => false);
      if (!shown) patch(api, 'pair', { phase: 'none' });
    },
    dismiss: async () => {
      const { phase } = api.getState().pair;
      if (phase === 'none') return;
      end();
      // While it is loading, `show` removes what it has imported.
      if (phase === 'shown') await actions.dataset.loadSample();
    },
  };
};
