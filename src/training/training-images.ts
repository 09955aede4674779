/** The images of a run by their use. */
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';

/** @throws ResiduaError `no-training-images` if there are none */
export const requireTrainingImages = ({ name }: ImageSet, count: number): void => {
  if (count > 0) return;
  throw new ResiduaError(
    'no-training-images',
    `The category ${name} has no training images.`,
    'Choose a folder with images in train/good.',
  );
};

/** Indices of the test split's pictures, ascending. */
export const testIndicesOf = ({ samples }: ImageSet): number[] =>
  samples.flatMap(({ split }, index) => (split === 'test' ? [index] : []));
