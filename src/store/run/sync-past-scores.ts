/** Scores past evaluations by the present score while the worker has nothing else to do, so that the AUROC curve is whole. */
import { isCancelled } from '#core/errors.ts';
import type { Evaluation } from '#core/history.ts';
import { isMadeWith } from '#core/scores/compare-scores.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { createLatestSignal } from '../latest-signal.ts';
import { isResting } from './resting.ts';
import { latestEvaluation } from './state.ts';

/** Listens to the store. */
export const syncPastScores = (api: StateApi, training: TrainingClient): void => {
  const work = createLatestSignal();
  /** The evaluation by whose settings the others are scored, and those that cannot be. */
  let latest: Evaluation | undefined;
  let impossible = new Set<Evaluation>();
  let underWay = false;

  const nextOf = ({ run }: AppState): Evaluation | undefined =>
    latest &&
    run.history.evaluations.find(
      (evaluation) =>
        evaluation !== latest &&
        evaluation.batchNorm === latest?.batchNorm &&
        !isMadeWith(evaluation, latest) &&
        !impossible.has(evaluation) &&
        run.pastEvaluations.some(({ step }) => step === evaluation.step),
    );

  const replace = (before: Evaluation, after: Evaluation): void => {
    const { history } = api.getState().run;
    const evaluations = history.evaluations.map((evaluation) => (evaluation === before ? after : evaluation));
    patch(api, 'run', { history: { ...history, evaluations } });
  };

  const rescore = async (past: Evaluation): Promise<void> => {
    const by = latest;
    const signal = work.next();
    underWay = true;
    try {
      const answer = await training.request('rescorePast', { step: past.step }, { signal });
      if (by !== latest) return;
      if (answer) replace(past, answer);
      else impossible.add(past);
    } catch (thrown) {
      // Work that comes first cancels this; any other error leaves the old score, which is marked.
      if (!isCancelled(thrown)) impossible.add(past);
    } finally {
      underWay = false;
      follow(api.getState());
    }
  };

  const follow = (state: AppState): void => {
    const now = latestEvaluation(state.run);
    if (now !== latest) {
      latest = now;
      impossible = new Set();
      work.abort();
    }
    const isFree = isResting(state);
    if (!isFree) work.abort();
    const next = isFree && !underWay ? nextOf(state) : undefined;
    if (next) void rescore(next);
  };
  api.subscribe(follow);
};
