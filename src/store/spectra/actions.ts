/** Computes the spectra of the test set's residual, one evaluation after the other, while somebody looks at them. */
import { asResiduaError, isCancelled } from '#core/errors.ts';
import type { TestSpectra } from '#core/spectrum/test-spectra.ts';
import type { BaselinesClient } from '#worker/baselines-client.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { createLatestSignal } from '../latest-signal.ts';
import { contestantsOf } from '../race/state.ts';
import { isBusy } from '../run/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { type HeldEvaluation, heldEvaluations, shownEvaluation } from './held-evaluations.ts';
import { initialSpectra, type SpectraState } from './state.ts';

/** Actions on the test set's spectra. None of them rejects. */
export interface SpectraActions {
  /** Computes spectra from now on, until the returned function is called. The last one to leave cancels the work. */
  watch(): () => void;
}

export const spectraPolicy: QueuePolicy<SpectraActions> = { watch: 'allow' };

/** The shown epoch of each contestant first. The other epochs wait until the worker has nothing urgent to do. */
const nextWanted = (state: AppState): HeldEvaluation | undefined => {
  const { known } = state.spectra;
  const places = contestantsOf(state).map((_, contestant) => contestant);
  const shown = places.flatMap((contestant) => shownEvaluation(state, contestant) ?? []);
  const unknownShown = shown.find(({ key }) => !(key in known));
  if (unknownShown || isBusy(state.run, state.race)) return unknownShown;
  return places
    .flatMap((contestant) => heldEvaluations(state, contestant).toReversed())
    .find(({ key }) => !(key in known));
};

/**
 * Creates the actions, and listens to the store. The training worker only copies reconstructions; the transforms run in a
 * baselines worker, beside the training.
 */
export const createSpectraActions = (
  api: StateApi,
  training: TrainingClient,
  client: BaselinesClient,
): SpectraActions => {
  const work = createLatestSignal();
  const set = (change: Partial<SpectraState>): void => patch(api, 'spectra', change);
  let watchers = 0;
  let wanted: string | undefined;

  const compute = async ({ key, contestant, step }: HeldEvaluation): Promise<void> => {
    const signal = work.next();
    wanted = key;
    set({ underWay: key });
    const settle = (spectra: TestSpectra | undefined, change: Partial<SpectraState> = {}): void => {
      if (signal.aborted) return;
      wanted = undefined;
      const { known } = api.getState().spectra;
      set({ underWay: undefined, known: spectra ? { ...known, [key]: spectra } : known, ...change });
    };
    try {
      const held = await training.request('reconstructionsAt', { contestant, step }, { signal });
      settle(held ? await client.testSpectra(held, { signal }) : { good: undefined, anomalous: undefined });
    } catch (thrown) {
      const plain = asResiduaError(thrown).toPlain();
      const isError = !isCancelled(thrown) && plain.code !== 'no-run';
      settle({ good: undefined, anomalous: undefined }, isError ? { error: plain } : {});
    }
  };

  const stop = (): void => {
    work.abort();
    wanted = undefined;
    if (api.getState().spectra.underWay !== undefined) set({ underWay: undefined });
  };

  const proceed = (): void => {
    if (watchers === 0 || wanted !== undefined) return;
    const next = nextWanted(api.getState());
    if (next) void compute(next);
  };

  api.subscribe((state, before) => {
    const isNewRun =
      state.run.summary !== before.run.summary ||
      state.dataset.loaded !== before.dataset.loaded ||
      (state.run.pastEvaluations.length === 0 && before.run.pastEvaluations.length > 0);
    if (isNewRun) {
      stop();
      set(initialSpectra);
    }
    proceed();
  });

  return {
    watch: () => {
      watchers += 1;
      proceed();
      let watches = true;
      return () => {
        if (!watches) return;
        watches = false;
        watchers -= 1;
        if (watchers === 0) stop();
      };
    },
  };
};
