/** The result of the present race. */
import { scoredBaseline } from '#core/baselines/baseline-evaluation.ts';
import type { ContestantResult, RaceResult } from '#core/race-result.ts';
import type { AppState } from '../app-state.ts';
import { labelsOf } from '../dataset/image-labels.ts';
import { raceDifferences } from './differences.ts';
import { type Contestant, contestantsOf } from './state.ts';

/** Returns the result once every contestant has failed or is retained; undefined before that, and without a race. */
export const raceResult = (state: AppState): RaceResult | undefined => {
  const { id } = state.race;
  const contestants = contestantsOf(state);
  if (id === undefined || contestants.length < 2) return undefined;
  const { anomalous } = labelsOf(state.dataset.loaded?.samples ?? []);
  const resultOf = (
    { config, summary, status, history, failure }: Contestant,
    place: number,
  ): ContestantResult => {
    const evaluation = history.evaluations.at(-1);
    const scored = evaluation && scoredBaseline(evaluation.scores, anomalous);
    return {
      config,
      microBatch: summary.microBatch,
      step: status.step,
      epoch: status.epoch,
      imageAuroc: scored?.imageAuroc,
      interval: scored?.interval,
      failure,
      runId: state.runs.retained.find(({ race }) => race?.id === id && race.place === place)?.id,
    };
  };
  const results = contestants.map(resultOf);
  const isOver = results.every(({ runId }, place) => runId || contestants[place]?.status.phase === 'failed');
  return isOver ? { contestants: results, differences: raceDifferences(state) } : undefined;
};
