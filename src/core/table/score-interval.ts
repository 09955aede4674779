/** The interval beside a run's image AUROC. */
import { bootstrapAurocInterval } from '../metrics/bootstrap-interval.ts';
import type { ScoreInterval } from './queue-entry.ts';

/** Every run uses the same draws: runs on the same images differ only by their scores. */
const bootstrapSeed = 0;

/**
 * Bootstrap 95 % interval of image AUROC over the test images. See `bootstrapAurocInterval`.
 * @param scores one score per image; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 */
export const scoreInterval = (scores: ArrayLike<number>, anomalous: readonly boolean[]): ScoreInterval =>
  bootstrapAurocInterval(scores, anomalous, { seed: bootstrapSeed });
