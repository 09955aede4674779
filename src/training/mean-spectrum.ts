/** The mean spectrum of a category's training images, which the adaptive weights divide by. */
import type * as tf from '@tensorflow/tfjs-core';
import type { ImageSet } from '#core/dataset.ts';
import { submitRecorded } from '#gpu/submission.ts';
import { meanMagnitudeOf } from '#losses/adaptive-weight.ts';
import { chunked, imageBatch } from './image-tensors.ts';

/** Images at once: few, so that what they need is small beside a run. */
const chunkSize = 8;

function* trainingBatches(images: ImageSet): Generator<tf.Tensor4D> {
  const indices = images.samples.flatMap(({ split }, index) => (split === 'train' ? [index] : []));
  for (const chunk of chunked(indices, chunkSize)) {
    const batch = imageBatch(images, chunk);
    yield batch;
    batch.dispose();
    submitRecorded();
  }
}

/**
 * Mean over the training images and their channels of |F(u, v)|, F unnormalised as Eq. 2: what `frequencyWeight` takes.
 * @returns float32 [S, S] row-major, unshifted
 * @throws RangeError where there are no training images
 */
export const meanSpectrum = async (images: ImageSet): Promise<Float32Array> => {
  const mean = meanMagnitudeOf(trainingBatches(images));
  const values = await mean.data<'float32'>();
  mean.dispose();
  return values;
};
