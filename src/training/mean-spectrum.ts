/** The mean spectrum of a category's training images, which the adaptive weights divide by. */
import type { ImageSet } from '#core/dataset.ts';
import { meanMagnitude } from '#core/spectrum/mean-magnitude.ts';
import { imageBytes } from './image-tensors.ts';

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
