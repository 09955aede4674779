/** The images behind the figures of a run. */
import type { SampleInfo } from './dataset.ts';
import { type HoldOut, trainingSplit } from './training-split.ts';

/** Number of a category's images by their use in a run. */
export interface ImagesUsed {
  /** Training images: trained and held out. */
  readonly train: number;
  readonly trained: number;
  readonly heldOut: number;
  readonly test: number;
  readonly testGood: number;
  readonly testAnomalous: number;
}

/** Counts the images of a run. */
export const imagesUsed = (
  samples: readonly Pick<SampleInfo, 'split' | 'anomalous' | 'heldOut'>[],
  holdOut: HoldOut,
): ImagesUsed => {
  const { trained, heldOut } = trainingSplit(samples, holdOut);
  const test = samples.filter(({ split }) => split === 'test');
  const testAnomalous = test.filter(({ anomalous }) => anomalous).length;
  return {
    train: trained.length + heldOut.length,
    trained: trained.length,
    heldOut: heldOut.length,
    test: test.length,
    testGood: test.length - testAnomalous,
    testAnomalous,
  };
};

const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;

/** The counts in words: `83 test images: 20 good, 63 anomalous; trained on 188 of 209 training images, 21 held out`. */
export const imagesUsedInWords = (images: ImagesUsed): string => {
  const { train, trained, heldOut, test, testGood, testAnomalous } = images;
  const tested =
    test === 0
      ? 'no test images'
      : `${counted(test, 'test image')}: ${testGood} good, ${testAnomalous} anomalous`;
  const training =
    heldOut === 0
      ? `trained on all ${counted(train, 'training image')}`
      : `trained on ${trained} of ${counted(train, 'training image')}, ${heldOut} held out`;
  return `${tested}; ${training}`;
};
