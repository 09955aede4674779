/** How the figures of runs were measured, in words for lists and legends. */
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import { scoreTheSame } from '#core/scores/same-scoring.ts';
import { evaluationBy, imagesOfRun, type Measure } from '#store/runs/measure.ts';
import { type EvaluatedImages, evaluationOf, type RetainedRun } from '#store/runs/retained-run.ts';
import { scoreInWords } from '../labels.ts';

/** The number in a score's definition; empty if it has none. */
const parameterInWords = ({ score, blurSigma, topPercent }: EvaluationSettings): string => {
  if (score === 'blurred-maximum') return `blur ${blurSigma} px`;
  return score === 'top-share' ? `top ${topPercent} %` : '';
};

const joined = (texts: readonly string[]): string => texts.filter((text) => text !== '').join(', ');

/** A score with its number, residual and band: `mean of the top share, mean removed, top 1 %`. */
const numberedScore = (settings: EvaluationSettings): string =>
  joined([scoreInWords(settings), parameterInWords(settings)]);

/** A whole way of scoring: `mean of the top share, mean removed, top 1 %, BN recalibrated`. */
export const scoringInWords = (settings: EvaluationSettings): string =>
  joined([numberedScore(settings), `BN ${settings.batchNorm}`]);

/** The difference of a way of scoring from another: `by 1 − SSIM`, `BN running`, or none. */
export const scoringNotes = (settings: EvaluationSettings, others: EvaluationSettings): readonly string[] => {
  const { batchNorm } = settings;
  return [
    ...(scoreTheSame(settings, { ...others, batchNorm }) ? [] : [`by ${numberedScore(settings)}`]),
    ...(batchNorm === others.batchNorm ? [] : [`BN ${batchNorm}`]),
  ];
};

/** The difference of images from others: `screw, 64 px`, or none. */
const imageNotes = (images: EvaluatedImages, others: EvaluatedImages): readonly string[] => {
  const sameCategory = images.category === others.category;
  return [
    ...(sameCategory ? [] : [images.category]),
    ...(images.side === others.side ? [] : [`${images.side} px`]),
    ...(images.fit === others.fit ? [] : [`fit ${images.fit}`]),
    ...(sameCategory && images.testImages !== others.testImages ? [`${images.testImages} test images`] : []),
  ];
};

/** The figure of a retained run beside others. */
export interface MeasuredRun {
  /** By the measure if the run has such an evaluation, else its own latest; undefined if it was never evaluated. */
  readonly evaluation: Evaluation | undefined;
  /** The images of that evaluation. */
  readonly images: EvaluatedImages;
  /** Whether the evaluation was made after the retention of the run. */
  readonly rescored: boolean;
  /** The differences from the measure, and `rescored`. */
  readonly notes: readonly string[];
  /** Whether the figure can be compared with others by this measure. */
  readonly comparable: boolean;
}

/** Returns the figure of a run and its notes. */
export const measuredRun = (run: RetainedRun, measure: Measure): MeasuredRun => {
  const found = evaluationBy(run, measure);
  const evaluation = found?.evaluation ?? evaluationOf(run);
  const images = found ? measure.images : imagesOfRun(run);
  const rescored = found?.rescored ?? false;
  const differences = evaluation
    ? [...scoringNotes(evaluation, measure.settings), ...imageNotes(images, measure.images)]
    : [];
  return {
    evaluation,
    images,
    rescored,
    notes: [...(rescored ? ['rescored'] : []), ...differences],
    comparable: differences.length === 0,
  };
};

/** The evaluations of a run that belong to one curve: those made as its figure was. */
export const evaluationsAlike = (
  run: RetainedRun,
  { evaluation, rescored }: MeasuredRun,
): readonly Evaluation[] => {
  if (!evaluation) return [];
  if (rescored) return [evaluation];
  return run.history.evaluations.filter((other) => scoreTheSame(other, evaluation));
};
