/** Image AUROC as a function of the band's low cut-off: how much of a score's failure is in the lowest frequencies. */
import type { Metric } from '../history.ts';
import { imageAuroc } from '../metrics/auroc.ts';

/** One point of the curve. */
export interface LowCutPoint {
  /** Lowest radius that reaches the score. */
  readonly bandLow: number;
  readonly imageAuroc: Metric;
}

/**
 * Computes the curve from the scores of all images.
 * @param cutoffs the cut-offs
 * @param scores for each image, one score per cut-off, from `LowCutScorer.score` in any thread
 * @param anomalous whether each image is anomalous, in the same order
 * @throws RangeError if an image has not one score per cut-off, or the number of images and labels differs
 */
export const lowCutCurve = (
  cutoffs: readonly number[],
  scores: readonly Float64Array[],
  anomalous: readonly boolean[],
): LowCutPoint[] => {
  const wrong = scores.findIndex(({ length }) => length !== cutoffs.length);
  if (wrong >= 0) {
    throw new RangeError(
      `Image ${wrong + 1} has ${scores[wrong].length} scores for ${cutoffs.length} cut-offs.`,
    );
  }
  return cutoffs.map((bandLow, index) => ({
    bandLow,
    imageAuroc: imageAuroc(
      scores.map((ofImage) => ofImage[index]),
      anomalous,
    ),
  }));
};
