/** A contestant's decision on one image, on the same terms for all contestants. */
import { chooseThreshold } from '#core/metrics/threshold.ts';
import { type Outcome, outcomeOf } from '#store/decision/outcome.ts';

export interface ImageDecision {
  /** Undefined without a threshold, which needs images of both classes. */
  readonly outcome: Outcome | undefined;
  /** Fraction of the good test images with a lower score; undefined without good images. */
  readonly aboveGood: number | undefined;
}

/**
 * Decides at the F1-max threshold of the contestant's own test scores.
 * @param score of the image
 * @param isAnomalous whether the image is anomalous
 * @param scores of all test images at the same evaluation
 * @param anomalous whether each test image is anomalous
 */
export const decisionOf = (
  score: number,
  isAnomalous: boolean,
  scores: Float64Array,
  anomalous: readonly boolean[],
): ImageDecision => {
  const good = scores.filter((_, image) => anomalous[image] === false);
  const threshold = chooseThreshold(
    { kind: 'f1-maximum' },
    { testScores: scores, testAnomalous: anomalous, goodTrainingScores: [], heldOut: false },
  );
  return {
    outcome: threshold.defined ? outcomeOf(score, isAnomalous, threshold.threshold) : undefined,
    aboveGood: good.length === 0 ? undefined : good.filter((other) => other < score).length / good.length,
  };
};
