/** A bootstrap interval for image AUROC: its spread over test sets of the same kind. */
import { createRng } from '../rng.ts';
import { type OperatingPoints, operatingPoints, type UndefinedMetric } from './operating-points.ts';
import { quantileOfSorted } from './quantile.ts';

/** An interval, or the reason that it is undefined. */
export type BootstrapInterval =
  | { readonly defined: true; readonly lower: number; readonly upper: number }
  | UndefinedMetric;

export interface BootstrapOptions {
  /** Seed of the draws, a whole number from 0 to 2^32 - 1: the same seed gives the same interval. */
  readonly seed: number;
  /** 2000 by default. */
  readonly resamples?: number;
  /** Fraction of the resampled values inside the interval; 0.95 by default. */
  readonly level?: number;
}

/** For each image of a class, the operating point at which it is first flagged as anomalous. */
const pointOfImages = (cumulative: Uint32Array): Uint32Array => {
  const points = new Uint32Array(cumulative.at(-1) ?? 0);
  for (let k = 0, image = 0; k < cumulative.length; k++) {
    while (image < cumulative[k]) points[image++] = k;
  }
  return points;
};

/** AUROC of each resample. Scores are ranked once; a resample counts how often each rank was drawn, without sorting. */
const resampledAurocs = (
  { truePositives, falsePositives, positives, negatives }: OperatingPoints,
  resamples: number,
  seed: number,
): Float64Array => {
  const { uniform } = createRng(seed, 'bootstrap');
  const pointOfPositive = pointOfImages(truePositives);
  const pointOfNegative = pointOfImages(falsePositives);
  const drawnPositives = new Uint32Array(truePositives.length);
  const drawnNegatives = new Uint32Array(truePositives.length);
  const values = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    drawnPositives.fill(0);
    drawnNegatives.fill(0);
    for (let draw = 0; draw < positives; draw++) {
      drawnPositives[pointOfPositive[Math.floor(uniform() * positives)]]++;
    }
    for (let draw = 0; draw < negatives; draw++) {
      drawnNegatives[pointOfNegative[Math.floor(uniform() * negatives)]]++;
    }
    let doubledWins = 0;
    for (let k = 0, below = negatives; k < drawnPositives.length; k++) {
      below -= drawnNegatives[k];
      doubledWins += drawnPositives[k] * (2 * below + drawnNegatives[k]);
    }
    values[resample] = doubledWins / (2 * positives * negatives);
  }
  return values;
};

/**
 * Percentile bootstrap interval of image AUROC (Efron and Tibshirani, 1993, chapter 13).
 * Resampling is stratified: normal and anomalous images are drawn with replacement from their own class, so each resample has
 * the class sizes of the test set. AUROC compares two separate populations, and a benchmark fixes the number of images of
 * each. Drawing from both together would add spread that the design does not have, and with small classes give resamples of
 * one class, which have no AUROC.
 * The interval ignores the spread over training seeds: it is for this one trained model. If the classes do not overlap, all
 * resamples are equal and the interval has no width. That is a limit of the bootstrap, not certainty.
 * @param scores one score per image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @returns bounds in [0, 1]; undefined, with the reason, if AUROC is undefined, or if a class has a single image
 * @throws RangeError if the two lists differ in length, `resamples` is not a positive whole number, or `level` is not
 *   between 0 and 1
 */
export const bootstrapAurocInterval = (
  scores: ArrayLike<number>,
  anomalous: readonly boolean[],
  { seed, resamples = 2000, level = 0.95 }: BootstrapOptions,
): BootstrapInterval => {
  if (!(Number.isInteger(resamples) && resamples > 0)) {
    throw new RangeError(`The number of resamples must be a positive whole number, got ${resamples}.`);
  }
  if (!(level > 0 && level < 1))
    throw new RangeError(`An interval's level must be between 0 and 1, got ${level}.`);
  const points = operatingPoints(scores, anomalous);
  if (!points.defined) return points;
  if (points.positives < 2 || points.negatives < 2) {
    const single = points.positives < 2 ? 'anomalous' : 'normal';
    return {
      defined: false,
      reason: `There is only one ${single} image: drawing it again shows no spread.`,
    };
  }
  const values = resampledAurocs(points, resamples, seed).sort();
  const tail = (1 - level) / 2;
  return {
    defined: true,
    lower: quantileOfSorted(values, tail),
    upper: quantileOfSorted(values, 1 - tail),
  };
};
