/** The mean spectrum of an image set's training images, computed on the device. */
import type { ImageSet } from '#core/dataset.ts';
import { meanMagnitude } from '#gpu/mean-magnitude/mean-magnitude.ts';
import { requireTrainingImages } from '#training/autoencoder-run.ts';
import { chunked, imageBatch } from '#training/image-tensors.ts';
import type { MeanSpectrum } from './protocol.ts';

/** Few enough to need little memory beside a run, and little time: training goes on between them. */
const imagesAtOnce = 8;

/** @throws ResiduaError `no-training-images` where there are none */
export const meanSpectrumOf = async (images: ImageSet): Promise<MeanSpectrum> => {
  const { side, samples } = images;
  const train = [...samples.keys()].filter((index) => samples[index].split === 'train');
  requireTrainingImages(images, train.length);
  const sums = new Float64Array(side * side);
  for (const indices of chunked(train, imagesAtOnce)) {
    const batch = imageBatch(images, indices);
    const mean = meanMagnitude(batch);
    batch.dispose();
    const values = await mean.data();
    mean.dispose();
    for (let i = 0; i < sums.length; i++) sums[i] += values[i] * indices.length;
  }
  return { side, magnitude: Float32Array.from(sums, (sum) => sum / train.length) };
};
