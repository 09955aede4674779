/** Shows the bundled pair on an empty page, and removes it. */
import { asResiduaError } from '#core/errors.ts';
import { StepHistory } from '#core/step-history.ts';
import type { BundledRun } from '#worker/bundled-runs.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import type { DatasetActions } from '../dataset/actions.ts';
import type { ImportActions } from '../run/imports.ts';
import { bytesOf, type RetainedRun } from '../runs/retained-run.ts';
import type { BundledRuns } from '../runs/synced-library.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { isUntouched, pairBlock } from './can-show.ts';

/** Actions on the bundled pair. None of them rejects. */
export interface PairActions {
  /**
   * Shows the pair if the page has nothing of the user's: no run, no retained run, no plan, the sample loaded, and the settings
   * of the pair, which are those of the page without a link. Otherwise does nothing. If the pair cannot be read, the page stays
   * empty.
   */
  show(): Promise<void>;
  /**
   * Shows the pair because the user asked for it, or a link names it: it replaces settings and present run unless `pairBlock`
   * has a reason. Errors go to `run.error`.
   */
  open(): Promise<void>;
  /** Removes the pair, also while it is loading: the page is as it is without a run. */
  dismiss(): Promise<void>;
}

export const pairPolicy: QueuePolicy<PairActions> = {
  show: 'allow',
  open: { refuse: 'training', report: 'run' },
  dismiss: 'allow',
};

const hasSettingsOf = ({ run: { config } }: AppState, { config: bundled }: BundledRun): boolean =>
  (Object.keys(bundled) as (keyof typeof bundled)[]).every((key) => config[key] === bundled[key]);

/** Id of the bundled race. */
const raceId = 'bundled';

/** The second run as a retained run, for comparisons. */
const retainedRival = (
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
    race: { id: raceId, place: 1 },
    evaluatedOn: {
      category: categoryName,
      side: config.side,
      fit: config.fit,
      testImages: loaded.summary.testCount,
    },
  };
};

/**
 * Creates the actions, and ends the pair when another run replaces it or it trains on.
 * @param read reads the bundled runs: the first contestant, and its rival
 */
export const createPairActions = (
  api: StateApi,
  read: () => Promise<readonly BundledRun[]>,
  library: BundledRuns,
  actions: {
    readonly imports: Pick<ImportActions, 'race'>;
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

  const showRuns = async (runs: readonly BundledRun[], asked: boolean): Promise<boolean> => {
    const [first, rival] = runs;
    const state = api.getState();
    const { loaded } = state.dataset;
    if (state.pair.phase !== 'loading' || !first || !rival || !loaded) return false;
    const isFree = asked
      ? pairBlock({ ...state, pair: { phase: 'none' } }) === undefined
      : isUntouched(state) && hasSettingsOf(state, first);
    if (!isFree) return false;
    // The worker takes over the buffer of the past epochs, and comparisons need them, too.
    const ofRival = { ...rival.files, past: rival.files.past?.slice(0) };
    await actions.imports.race([first.files, ofRival], raceId);
    const { run } = api.getState();
    if (run.summary === state.run.summary) {
      // If the user did not ask for this import, its failure is no news.
      if (!asked) patch(api, 'run', { error: undefined });
      return false;
    }
    if (run.status.phase !== 'finished' || run.importedFrom === undefined) return false;
    if (api.getState().pair.phase !== 'loading') {
      await actions.dataset.loadSample();
      return false;
    }
    patch(api, 'pair', { phase: 'shown' });
    await library.addBundled(retainedRival(rival, loaded), rival.files);
    return true;
  };

  const load = async (asked: boolean): Promise<void> => {
    patch(api, 'pair', { phase: 'loading' });
    const shown = await read()
      .then((runs) => showRuns(runs, asked))
      .catch((thrown: unknown) => {
        if (asked) patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
        return false;
      });
    if (!shown) patch(api, 'pair', { phase: 'none' });
  };

  return {
    show: async () => {
      if (api.getState().pair.phase === 'none' && isUntouched(api.getState())) await load(false);
    },
    open: async () => {
      if (api.getState().pair.phase === 'none' && pairBlock(api.getState()) === undefined) await load(true);
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
