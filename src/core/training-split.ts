/** Splits the training images into trained and held-out ones. */
import type { RunConfig } from './config.ts';
import type { SampleInfo } from './dataset.ts';
import { createRng } from './rng.ts';
import { isFirstPicture } from './tiles.ts';

/** The settings that decide which images are held out. */
export type HoldOut = Pick<RunConfig, 'holdOutPercent' | 'seed'>;

/** Picks these settings of a config. */
export const holdOutOf = ({ holdOutPercent, seed }: HoldOut): HoldOut => ({ holdOutPercent, seed });

/** A key that differs between splits of the same samples. It omits the seed if the share is 0: no image is drawn. */
export const holdOutKey = ({ holdOutPercent, seed }: HoldOut): string =>
  holdOutPercent === 0 ? 'none' : `${holdOutPercent} % by ${seed}`;

/** Indices into the samples, ascending. */
export interface TrainingSplit {
  /** Training images that the run trains on. */
  readonly trained: readonly number[];
  /** The good images among `trained`: a folder may contain others. */
  readonly trainedGood: readonly number[];
  /** Good training images that the run does not train on. */
  readonly heldOut: readonly number[];
}

/**
 * Number of held-out images: the share rounded to the nearest whole number, at least 1 if the share is above 0, and never
 * all images.
 * @param good number of good training images
 * @param percent 0 to 50
 */
export const heldOutCount = (good: number, percent: number): number => {
  if (percent === 0) return 0;
  return Math.min(Math.max(1, Math.round((good * percent) / 100)), Math.max(0, good - 1));
};

/**
 * Splits the training images of a run. Images that the folder holds out are never trained on. Further ones are the first of an order that the seed's stream `hold-out`
 * draws. The same samples and settings give the same split, and a larger share holds out the same images and more. No
 * other stream is used, so a share of 0 trains as if this setting did not exist.
 *
 * It draws images, with all their tiles: a tile of a trained image would not be new to the run.
 * @param samples of the category, in their order: images, or all pictures of them
 */
export const trainingSplit = (
  samples: readonly Pick<SampleInfo, 'split' | 'anomalous' | 'heldOut' | 'tile'>[],
  { holdOutPercent, seed }: HoldOut,
): TrainingSplit => {
  const training = samples.flatMap(({ split }, index) => (split === 'train' ? [index] : []));
  const allGood = training.filter((index) => !samples[index].anomalous);
  const good = allGood.filter((index) => !samples[index].heldOut);
  const images = good.filter((index) => isFirstPicture(samples[index]));
  const count = heldOutCount(images.length, holdOutPercent);
  const order = createRng(seed, 'hold-out').shuffle(images.length);
  const drawn = Array.from(order.subarray(0, count), (position) => images[position]).flatMap((first) =>
    Array.from({ length: samples[first].tile?.count ?? 1 }, (_, place) => first + place),
  );
  const heldOut = new Set([...drawn, ...training.filter((index) => samples[index].heldOut)]);
  const isTrained = (index: number): boolean => !heldOut.has(index);
  return {
    trained: training.filter(isTrained),
    trainedGood: good.filter(isTrained),
    heldOut: [...heldOut].sort((a, b) => a - b),
  };
};
