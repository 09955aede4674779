/** Which training images a run trains on, and which it holds out. */
import type { RunConfig } from './config.ts';
import type { SampleInfo } from './dataset.ts';
import { createRng } from './rng.ts';

/** The settings that decide which images are held out. */
export type HoldOut = Pick<RunConfig, 'holdOutPercent' | 'seed'>;

/** These settings of a config, without the others. */
export const holdOutOf = ({ holdOutPercent, seed }: HoldOut): HoldOut => ({ holdOutPercent, seed });

/** Tells splits of the same samples apart: without a share the seed draws nothing. */
export const holdOutKey = ({ holdOutPercent, seed }: HoldOut): string =>
  holdOutPercent === 0 ? 'none' : `${holdOutPercent} % by ${seed}`;

/** Indices into the samples, ascending. */
export interface TrainingSplit {
  /** Images of the training split that are trained on. */
  readonly trained: readonly number[];
  /** The good ones among these: a folder may hold others. */
  readonly trainedGood: readonly number[];
  /** Good training images that are not trained on. */
  readonly heldOut: readonly number[];
}

/**
 * Number of images that are held out: the nearest whole number to the share, at least 1 where the share is above 0, and
 * never all.
 * @param good number of good training images
 * @param percent 0 to 50
 */
export const heldOutCount = (good: number, percent: number): number => {
  if (percent === 0) return 0;
  return Math.min(Math.max(1, Math.round((good * percent) / 100)), Math.max(0, good - 1));
};

/**
 * Splits the training images of a run. The held-out images are the first of an order that the seed's stream `hold-out`
 * draws: the same samples and settings give the same split, and a larger share holds out the same images and more. No
 * other stream is touched, so that a share of 0 trains as if there were no such setting.
 * @param samples of the category, in their order
 */
export const trainingSplit = (
  samples: readonly Pick<SampleInfo, 'split' | 'anomalous'>[],
  { holdOutPercent, seed }: HoldOut,
): TrainingSplit => {
  const training = samples.flatMap(({ split }, index) => (split === 'train' ? [index] : []));
  const good = training.filter((index) => !samples[index].anomalous);
  const count = heldOutCount(good.length, holdOutPercent);
  const order = createRng(seed, 'hold-out').shuffle(good.length);
  const heldOut = new Set(Array.from(order.subarray(0, count), (position) => good[position]));
  const isTrained = (index: number): boolean => !heldOut.has(index);
  return {
    trained: training.filter(isTrained),
    trainedGood: good.filter(isTrained),
    heldOut: [...heldOut].sort((a, b) => a - b),
  };
};
