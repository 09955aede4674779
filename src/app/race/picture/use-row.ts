/** What one row of the race shows: the contestant's view of the image, and its evaluation at the same step. */
import { useMemo } from 'react';
import type { Evaluation, SampleView } from '#core/history.ts';
import type { AppState } from '#store/app-state.ts';
import { labelsOf } from '#store/dataset/image-labels.ts';
import { contestantsOf } from '#store/race/state.ts';
import { useApp } from '../../shared/store-context.ts';
import { decisionOf, type ImageDecision } from './decision-of.ts';

/** The evaluation that a contestant's shown reconstruction belongs to; the latest if it belongs to none. */
export const shownEvaluation = (state: AppState, place: number): Evaluation | undefined => {
  const contestant = contestantsOf(state)[place];
  if (!contestant) return undefined;
  const { evaluations } = contestant.history;
  const step = contestant.sample?.output?.step;
  return evaluations.find((evaluation) => evaluation.step === step) ?? evaluations.at(-1);
};

export interface RaceRow {
  readonly sample: SampleView | undefined;
  readonly evaluation: Evaluation | undefined;
  /** Undefined before the test images are evaluated. */
  readonly decision: ImageDecision | undefined;
}

export const useRow = (place: number): RaceRow => {
  const sample = useApp((state) => contestantsOf(state)[place]?.sample);
  const evaluation = useApp((state) => shownEvaluation(state, place));
  const samples = useApp((state) => state.dataset.loaded?.samples);
  const decision = useMemo(() => {
    const info = sample && samples?.[sample.index];
    if (!evaluation || !sample?.output || !samples || !info) return undefined;
    const { anomalous } = labelsOf(samples);
    if (anomalous.length !== evaluation.scores.length) return undefined;
    return decisionOf(sample.output.score, info.anomalous, evaluation.scores, anomalous);
  }, [sample, evaluation, samples]);
  return { sample, evaluation, decision };
};
