/** Scores the held-out or good training images when the policy or the gallery needs the scores and no run trains. */
import { asResiduaError, isCancelled, ResiduaError } from '#core/errors.ts';
import type { Evaluation } from '#core/history.ts';
import { isMadeWith } from '#core/scores/compare-scores.ts';
import type { ShareDone } from '#core/share-clock.ts';
import type { GoodTrainingScores as GoodTrainingAnswer } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { createLatestSignal } from '../latest-signal.ts';
import { latestEvaluation, overallPhase } from '../run/state.ts';
import type { GoodTrainingScores } from './state.ts';

/** Whether the policy or the gallery needs the scores, and no run trains. */
const areWanted = ({ decision, run, race, dataset, view }: AppState): boolean =>
  (decision.policy.kind === 'good-quantile' || view.galleryMode === 'held-out') &&
  overallPhase(run, race) !== 'running' &&
  // An export waits for these scores.
  (run.task === undefined || run.task === 'exporting') &&
  dataset.loaded?.samples.some(({ split, anomalous }) => split === 'train' && !anomalous) === true;

const belongsTo = (evaluation: Evaluation, answer: GoodTrainingAnswer): boolean =>
  answer.step === evaluation.step && isMadeWith(evaluation, answer);

/** Should never occur: the event of a newer evaluation arrives before the answer and cancels the request. */
const ofAnother = (): ResiduaError =>
  new ResiduaError(
    'internal',
    'The scores of the good training images belong to another evaluation.',
    'Evaluate again: change a setting of the score and change it back.',
  );

/** Listens to the store. */
export const syncGoodTrainingScores = (api: StateApi, training: TrainingClient): void => {
  const good = (): GoodTrainingScores => api.getState().decision.goodTrainingScores;
  const set = (goodTrainingScores: GoodTrainingScores): void =>
    patch(api, 'decision', { goodTrainingScores });
  const work = createLatestSignal();

  const ask = async (evaluation: Evaluation): Promise<void> => {
    const signal = work.next();
    const settle = (next: GoodTrainingScores): void => {
      if (!signal.aborted) set(next);
    };
    const onProgress = (progress: ShareDone | undefined): void =>
      settle({ phase: 'computing', evaluation, progress });
    onProgress(undefined);
    try {
      const answer = await training.request('goodTrainingScores', undefined, { signal, onProgress });
      if (!signal.aborted && !belongsTo(evaluation, answer)) throw ofAnother();
      const { heldOut, indices, scores } = answer;
      settle({ phase: 'ready', evaluation, heldOut, indices, scores });
    } catch (thrown) {
      // Training was resumed. The scores are requested again afterward.
      if (isCancelled(thrown)) settle({ phase: 'none' });
      else settle({ phase: 'failed', evaluation, error: asResiduaError(thrown).toPlain() });
    }
  };

  const cancel = (): void => {
    work.abort();
    set({ phase: 'none' });
  };

  api.subscribe((state) => {
    const evaluation = latestEvaluation(state.run);
    const now = good();
    const wanted = areWanted(api.getState());
    const outdated = now.phase !== 'none' && now.evaluation !== evaluation;
    // Canceling changes the store, so this listener is called again.
    if (outdated || (now.phase === 'computing' && !wanted)) cancel();
    else if (now.phase === 'none' && wanted && evaluation) void ask(evaluation);
  });
};
