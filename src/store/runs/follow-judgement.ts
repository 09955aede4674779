/** Stores with the present run how it is judged after its retention: by another score, or at another threshold. */
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { AppState, StateApi } from '../app-state.ts';
import { presentDecision } from '../decision/retained-decision.ts';
import { isThresholdSettled } from '../decision/threshold-export.ts';
import { latestEvaluation } from '../run/state.ts';
import { evaluatedImages, evaluationBy, withRescored } from './measure.ts';
import { evaluationOf, type RetainedRun } from './retained-run.ts';
import { retainedRun } from './state.ts';
import type { ChangeOfRun, SyncedLibrary } from './synced-library.ts';

/** A dragged threshold changes many times a second, and each change writes the whole record. */
const settleMs = 400;

/** The present run as retained, if the weights that it has now are the retained ones. */
const retainedAsItIs = (state: AppState): RetainedRun | undefined => {
  const { run, runs } = state;
  const retained = retainedRun(runs, runs.presentId);
  const isSame =
    run.status.phase !== 'running' &&
    run.task === undefined &&
    !run.reevaluating &&
    retained !== undefined &&
    latestEvaluation(run)?.step === evaluationOf(retained)?.step;
  return isSame ? retained : undefined;
};

/** Returns the changes that the record of the present run needs; undefined if it needs none. */
export const changedJudgement = (
  state: AppState,
): { readonly id: string; readonly change: ChangeOfRun } | undefined => {
  const retained = retainedAsItIs(state);
  const evaluation = latestEvaluation(state.run);
  const { loaded } = state.dataset;
  if (!retained || !evaluation || !loaded || !isThresholdSettled(state)) return undefined;
  const images = evaluatedImages(loaded);
  const isKnown =
    evaluationBy(retained, { images, settings: evaluationSettingsOf(evaluation) }) !== undefined;
  const decision = presentDecision(state);
  const change: ChangeOfRun = {
    ...(isKnown ? {} : { rescored: withRescored(retained, { images, evaluation }) }),
    ...(JSON.stringify(decision) === JSON.stringify(retained.decision) ? {} : { decision }),
  };
  return Object.keys(change).length > 0 ? { id: retained.id, change } : undefined;
};

/** Listens to the store. */
export const followJudgement = (api: StateApi, library: Pick<SyncedLibrary, 'change'>): void => {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const store = (): void => {
    waiting = undefined;
    const changed = changedJudgement(api.getState());
    if (changed) void library.change(changed.id, changed.change);
  };
  api.subscribe((state, before) => {
    const isSame =
      state.decision === before.decision &&
      state.run.history.evaluations === before.run.history.evaluations &&
      state.runs.presentId === before.runs.presentId &&
      state.run.task === before.run.task;
    if (isSame || state.runs.presentId === undefined) return;
    clearTimeout(waiting);
    waiting = setTimeout(store, settleMs);
  });
};
