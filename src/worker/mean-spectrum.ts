/** The mean spectrum of an image set's training images. */
import type { ImageSet } from '#core/dataset.ts';
import { fftshift } from '#core/spectrum/fftshift.ts';
import { logMagnitudeSpectrum } from '#core/spectrum/log-magnitude.ts';
import { requireTrainingImages } from '#training/autoencoder-run.ts';
import { imageFloats } from '#training/image-tensors.ts';
import { yieldToMessages } from '#training/yield-to-messages.ts';
import type { MeanSpectrum } from './protocol.ts';

/** Takes turns with training: requests and steps go on between images. */
export const meanSpectrumOf = async (images: ImageSet): Promise<MeanSpectrum> => {
  const { side, samples } = images;
  const train = [...samples.keys()].filter((index) => samples[index].split === 'train');
  requireTrainingImages(images, train.length);
  const sums = new Float64Array(side * side);
  for (const index of train) {
    logMagnitudeSpectrum(imageFloats(images, index), side).forEach((value, i) => {
      sums[i] += Math.expm1(value);
    });
    await yieldToMessages();
  }
  const magnitude = Float32Array.from(sums, (sum) => sum / train.length);
  return { side, magnitude: fftshift(magnitude, side, side) };
};
