/** One threshold on the scores: in the histogram, in counts and rates, by defect type and on both curves. */
import { useMemo } from 'react';
import type { Evaluation } from '#core/history.ts';
import { confusionAt } from '#core/metrics/threshold.ts';
import { isMadeWith } from '#core/scores/compare-scores.ts';
import type { AppState } from '#store/app-state.ts';
import { thresholdOf } from '#store/decision/threshold.ts';
import { latestEvaluation, overallPhase } from '#store/run/state.ts';
import { pastStepOf } from '#store/view/past-step.ts';
import { useApp } from '../shared/store-context.ts';
import { useThrottled } from '../shared/use-throttled.ts';
import { AtThresholdSection } from './AtThresholdSection.tsx';
import { CurvesSection } from './CurvesSection.tsx';
import { thresholdWords } from './decision-words.ts';
import { ScoresSection } from './ScoresSection.tsx';
import { scoredImages } from './scored-images.ts';
import './decision.css';
import './drawings.css';
import './at-threshold.css';
import './curves.css';

const selectLatest = (state: AppState): Evaluation | undefined => latestEvaluation(state.run);

/** The past evaluation that the page shows, if it is scored as the latest one is. */
const selectPast = (state: AppState): Evaluation | undefined => {
  const step = pastStepOf(state);
  const latest = latestEvaluation(state.run);
  const past = state.run.history.evaluations.find((evaluation) => evaluation.step === step);
  return past && latest && isMadeWith(past, latest) ? past : undefined;
};

export const DecisionSection = () => {
  const evaluation = useThrottled(selectLatest, 300);
  const samples = useApp((state) => state.dataset.loaded?.samples);
  const policy = useApp((state) => state.decision.policy);
  const goodTrainingScores = useApp((state) => state.decision.goodTrainingScores);
  const running = useApp((state) => overallPhase(state.run, state.race) === 'running');
  const images = useMemo(
    () => scoredImages(evaluation, samples, goodTrainingScores),
    [evaluation, samples, goodTrainingScores],
  );
  const past = useApp(selectPast);
  const pastImages = useMemo(
    () => past && scoredImages(past, samples, goodTrainingScores),
    [past, samples, goodTrainingScores],
  );
  const chosen = useMemo(
    () => thresholdOf({ policy, evaluation, samples, goodTrainingScores, running }),
    [policy, evaluation, samples, goodTrainingScores, running],
  );
  const confusion = useMemo(
    () =>
      images && chosen.defined
        ? confusionAt(images.scores, images.labels.anomalous, chosen.threshold)
        : undefined,
    [images, chosen],
  );
  const thresholdText = chosen.defined && confusion ? thresholdWords(chosen.threshold, confusion) : '';
  return (
    <>
      <ScoresSection
        images={pastImages ?? images}
        {...{ evaluation, chosen, confusion }}
        thresholdText={thresholdText}
      />
      {images && (
        <>
          <AtThresholdSection images={images} chosen={chosen} confusion={confusion} />
          <CurvesSection images={images} chosen={chosen} />
        </>
      )}
    </>
  );
};
