/** The mean spectrum of a category's training images, which the adaptive weights divide by. */
import type { ImageSet } from '#core/dataset.ts';
import { MeanMagnitude, meanMagnitude } from '#core/spectrum/mean-magnitude.ts';
import { imageBytes } from './image-tensors.ts';
import { type InTurns, takeTurn } from './in-turns.ts';

function* trainingImages(images: ImageSet): Generator<Uint8Array> {
  for (const [index, { split }] of images.samples.entries()) {
    if (split === 'train') yield imageBytes(images, index);
  }
}

/**
 * `meanMagnitude` of the training images.
 * @throws RangeError where there are none
 */
export const meanSpectrum = (images: ImageSet): Float32Array =>
  meanMagnitude(trainingImages(images), images.side);

/**
 * The same in turns with whatever else this thread does.
 * @throws RangeError where there are none; ResiduaError `cancelled`
 */
export const meanSpectrumInTurns = async (images: ImageSet, turns: InTurns): Promise<Float32Array> => {
  const count = images.samples.filter(({ split }) => split === 'train').length;
  const sum = new MeanMagnitude(images.side);
  let done = 0;
  for (const image of trainingImages(images)) {
    sum.add(image);
    await takeTurn(turns, ++done / count);
  }
  return sum.mean();
};
