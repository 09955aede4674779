/** Has the good training images scored where the policy needs it and nothing trains. */
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import type { Evaluation } from '#core/history.ts';
import { isMadeWith } from '#core/scores/compare-scores.ts';
import type { GoodTrainingScores as GoodTrainingAnswer } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { latestEvaluation } from '../run-state.ts';
import type { GoodTrainingScores } from './decision-state.ts';

/** Whether the scores are asked for: by the policy, of an evaluation, while the weights rest. */
const areWanted = ({ decision, run, dataset }: AppState): boolean =>
  decision.policy.kind === 'good-quantile' &&
  run.status.phase !== 'running' &&
  run.task === undefined &&
  dataset.loaded?.samples.some(({ split, anomalous }) => split === 'train' && !anomalous) === true;

const belongsTo = (evaluation: Evaluation, answer: GoodTrainingAnswer): boolean =>
  answer.step === evaluation.step && isMadeWith(evaluation, answer);

/** An evaluation that the worker made meanwhile is told before its answer, and the request is given up then. */
const ofAnother = (): ResiduaError =>
  new ResiduaError(
    'internal',
    'The scores of the good training images that came belong to another evaluation.',
    'Evaluate again: change a setting of the score and change it back.',
  );

/** Listens to the store and the worker from now on. */
export const keepGoodTrainingScores = (api: StateApi, training: TrainingClient): void => {
  const good = (): GoodTrainingScores => api.getState().decision.goodTrainingScores;
  const set = (goodTrainingScores: GoodTrainingScores): void =>
    patch(api, 'decision', { goodTrainingScores });
  /** The request whose answer counts: an answer to an earlier one says nothing about what is shown. */
  let asked: object | undefined;

  const ask = async (evaluation: Evaluation): Promise<void> => {
    const mine = {};
    asked = mine;
    set({ phase: 'computing', evaluation, share: 0 });
    try {
      const answer = await training.request('goodTrainingScores');
      if (asked !== mine) return;
      if (answer && !belongsTo(evaluation, answer)) throw ofAnother();
      asked = undefined;
      set(answer ? { phase: 'ready', evaluation, scores: answer.scores } : { phase: 'none' });
    } catch (thrown) {
      if (asked !== mine) return;
      asked = undefined;
      set({ phase: 'failed', evaluation, error: asResiduaError(thrown).toPlain() });
    }
  };

  const giveUp = (): void => {
    if (asked) void training.request('stopGoodTrainingScores').catch(() => undefined);
    asked = undefined;
    set({ phase: 'none' });
  };

  training.on('goodTrainingProgress', (share) => {
    const now = good();
    if (now.phase === 'computing') set({ ...now, share });
  });
  api.subscribe((state) => {
    const evaluation = latestEvaluation(state.run);
    const now = good();
    const wanted = areWanted(api.getState());
    const outdated = now.phase !== 'none' && now.evaluation !== evaluation;
    // Giving up changes the store, which calls this again.
    if (outdated || (now.phase === 'computing' && !wanted)) giveUp();
    else if (now.phase === 'none' && wanted && evaluation) void ask(evaluation);
  });
};
