/** The difference between two AUROCs of the same images, with a paired interval. */
import { createRng } from '../rng.ts';
import { imageAuroc } from './auroc.ts';
import type { BootstrapInterval, BootstrapOptions } from './bootstrap-interval.ts';
import type { UndefinedMetric } from './operating-points.ts';
import { quantileOfSorted } from './quantile.ts';

/** A difference of AUROCs, or the reason that it is undefined. */
export type PairedDifference =
  | {
      readonly defined: true;
      /** In [-1, 1]; above 0 if the scores separate the classes better than those of the reference. */
      readonly value: number;
      readonly interval: BootstrapInterval;
    }
  | UndefinedMetric;

/** For each image, the rank of its score among the distinct scores, from the highest down. */
const ranksOf = (scores: ArrayLike<number>): { readonly ranks: Uint32Array; readonly distinct: number } => {
  const descending = [...new Set(Array.from(scores))].sort((a, b) => b - a);
  const rankOf = new Map(descending.map((score, rank) => [score, rank]));
  return { ranks: Uint32Array.from(scores, (score) => rankOf.get(score)!), distinct: descending.length };
};

/** AUROC of a resample by one set of scores, from how often each rank was drawn in each class. */
const createResample = (scores: ArrayLike<number>) => {
  const { ranks, distinct } = ranksOf(scores);
  const positives = new Uint32Array(distinct);
  const negatives = new Uint32Array(distinct);
  return {
    clear: (): void => {
      positives.fill(0);
      negatives.fill(0);
    },
    draw: (image: number, anomalous: boolean): void => {
      (anomalous ? positives : negatives)[ranks[image]]++;
    },
    /** Twice the number of pairs won: whole numbers, so the sum is exact. */
    doubledWins: (negativeCount: number): number => {
      let wins = 0;
      for (let rank = 0, below = negativeCount; rank < distinct; rank++) {
        below -= negatives[rank];
        wins += positives[rank] * (2 * below + negatives[rank]);
      }
      return wins;
    },
  };
};

/**
 * AUROC of `scores` minus that of `reference`, with the percentile interval of a paired, stratified bootstrap. Each resample
 * draws images of each class with replacement, as in `bootstrapAurocInterval`, and ranks the same draw by both scores. The
 * hardness of an image that is common to both cancels, so the interval is narrower than the two intervals suggest.
 * @param scores one score per image; higher means more anomalous
 * @param reference the other scores of the same images
 * @param anomalous whether each image is anomalous, in the same order
 * @returns undefined, with the reason, if one of the AUROCs is undefined. The interval is also undefined if a class has
 *   a single image
 * @throws RangeError if the lists differ in length, `resamples` is not a positive whole number, or `level` is not
 *   between 0 and 1
 */
export const pairedAurocDifference = (
  scores: ArrayLike<number>,
  reference: ArrayLike<number>,
  anomalous: readonly boolean[],
  { seed, resamples = 2000, level = 0.95 }: BootstrapOptions,
): PairedDifference => {
  if (!(Number.isInteger(resamples) && resamples > 0)) {
    throw new RangeError(`The number of resamples must be a positive whole number, got ${resamples}.`);
  }
  if (!(level > 0 && level < 1))
    throw new RangeError(`An interval's level must be between 0 and 1, got ${level}.`);
  const [auroc, referenceAuroc] = [imageAuroc(scores, anomalous), imageAuroc(reference, anomalous)];
  if (!auroc.defined) return auroc;
  if (!referenceAuroc.defined) return referenceAuroc;
  const value = auroc.value - referenceAuroc.value;
  const positives = Uint32Array.from(anomalous.flatMap((is, image) => (is ? [image] : [])));
  const negatives = Uint32Array.from(anomalous.flatMap((is, image) => (is ? [] : [image])));
  if (positives.length < 2 || negatives.length < 2) {
    const single = positives.length < 2 ? 'anomalous' : 'normal';
    const reason = `There is only one ${single} image: drawing it again shows no spread.`;
    return { defined: true, value, interval: { defined: false, reason } };
  }
  const { uniform } = createRng(seed, 'paired bootstrap');
  const [own, other] = [createResample(scores), createResample(reference)];
  const scale = 2 * positives.length * negatives.length;
  const differences = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    own.clear();
    other.clear();
    for (const [images, isAnomalous] of [
      [positives, true],
      [negatives, false],
    ] as const) {
      for (let draw = 0; draw < images.length; draw++) {
        const image = images[Math.floor(uniform() * images.length)];
        own.draw(image, isAnomalous);
        other.draw(image, isAnomalous);
      }
    }
    differences[resample] = (own.doubledWins(negatives.length) - other.doubledWins(negatives.length)) / scale;
  }
  differences.sort();
  const tail = (1 - level) / 2;
  return {
    defined: true,
    value,
    interval: {
      defined: true,
      lower: quantileOfSorted(differences, tail),
      upper: quantileOfSorted(differences, 1 - tail),
    },
  };
};
