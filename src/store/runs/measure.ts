/** How a run's figures were measured: on which images, by which score. Only figures of one measure can be compared. */

import { batchNormOf, type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { isSameFraming } from '#core/fit.ts';
import type { Evaluation } from '#core/history.ts';
import { scoreTheSame } from '#core/scores/same-scoring.ts';
import type { AppState } from '../app-state.ts';
import type { LoadedDataset } from '../dataset/state.ts';
import {
  type EvaluatedImages,
  evaluationOf,
  type RescoredEvaluation,
  type RetainedRun,
} from './retained-run.ts';

export interface Measure {
  readonly images: EvaluatedImages;
  readonly settings: EvaluationSettings;
}

/** A retained run has at most this many rescored evaluations, the latest last. */
const mostRescored = 12;

/** Returns the images of a loaded category. */
export const evaluatedImages = ({ category, side, fit, samples }: LoadedDataset): EvaluatedImages => ({
  category: category.name,
  side,
  fit,
  testImages: samples.filter(({ split }) => split === 'test').length,
});

/** Returns the measure of the page: the loaded images and the chosen score; undefined without images. */
export const presentMeasure = ({
  dataset,
  run,
}: {
  readonly dataset: Pick<AppState['dataset'], 'loaded'>;
  readonly run: Pick<AppState['run'], 'config'>;
}): Measure | undefined =>
  dataset.loaded && {
    images: evaluatedImages(dataset.loaded),
    settings: evaluationSettingsOf(run.config),
  };

export const sameImages = (some: EvaluatedImages, others: EvaluatedImages): boolean =>
  some.category === others.category && isSameFraming(some, others) && some.testImages === others.testImages;

/** Returns the images of a run's own last evaluation; of an unknown number of test images without an evaluation. */
export const imagesOfRun = (run: RetainedRun): EvaluatedImages =>
  run.evaluatedOn ?? {
    category: run.categoryName,
    side: run.config.side,
    fit: run.config.fit,
    testImages: evaluationOf(run)?.scores.length ?? 0,
  };

/** Returns the settings of a measure, with the batch-norm mode that the run's weights allow. */
export const settingsFor = ({ config }: RetainedRun, { settings }: Measure): EvaluationSettings => ({
  ...settings,
  batchNorm: batchNormOf(config.batchNorm, settings.batchNorm),
});

/** A run's evaluation by some measure. */
export interface MeasuredEvaluation {
  readonly evaluation: Evaluation;
  /** Whether it was made after the retention of the run, or on other images. */
  readonly rescored: boolean;
}

/** Returns a run's evaluation by this measure; undefined if it has to be rescored first. */
export const evaluationBy = (run: RetainedRun, measure: Measure): MeasuredEvaluation | undefined => {
  const settings = settingsFor(run, measure);
  const own = evaluationOf(run);
  if (own && sameImages(imagesOfRun(run), measure.images) && scoreTheSame(own, settings))
    return { evaluation: own, rescored: false };
  const found = run.rescored?.findLast(
    ({ images, evaluation }) => sameImages(images, measure.images) && scoreTheSame(evaluation, settings),
  );
  return found && { evaluation: found.evaluation, rescored: true };
};

/** Whether rescoring gives a run an evaluation by this measure. */
export const canBeRescored = (run: RetainedRun, measure: Measure): boolean =>
  isSameFraming(run.config, measure.images) &&
  measure.images.testImages > 0 &&
  evaluationBy(run, measure) === undefined;

/** Returns the rescored evaluations of a run with one more, which replaces one of the same measure. */
export const withRescored = (
  { rescored = [] }: RetainedRun,
  { images, evaluation }: RescoredEvaluation,
): readonly RescoredEvaluation[] =>
  [
    ...rescored.filter(
      (other) => !(sameImages(other.images, images) && scoreTheSame(other.evaluation, evaluation)),
    ),
    { images, evaluation },
  ].slice(-mostRescored);
