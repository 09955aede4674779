/** Image AUROC against the low cut-off of the band: how much of a score's failure lies in the lowest frequencies. */
import type { Metric } from '../history.ts';
import { imageAuroc } from '../metrics/auroc.ts';

/** One point of the curve. */
export interface LowCutPoint {
  /** Smallest radius that the score sees. */
  readonly bandLow: number;
  readonly imageAuroc: Metric;
}

/**
 * The curve from the scores of all images.
 * @param cutoffs the cut-offs
 * @param scores for each image a score a cut-off, as `LowCutScorer.score` gives them, wherever they were computed
 * @param anomalous whether each image is anomalous, in the same order
 * @throws RangeError if an image has not one score a cut-off, or the images and labels differ in number
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
