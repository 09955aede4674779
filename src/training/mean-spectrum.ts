/** The mean spectrum of the trained images, by which the adaptive weights divide. */
import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { MeanMagnitude, meanMagnitude } from '#core/spectrum/mean-magnitude.ts';
import { type HoldOut, holdOutKey, trainingSplit } from '#core/training-split.ts';
import { requireTrainingImages } from './training-images.ts';
import { interruptible, type WorkOptions } from './yield-point.ts';

function* bytesOf(images: ImageSet, indices: readonly number[]): Generator<Uint8Array> {
  for (const index of indices) yield imageBytes(images, index);
}

/**
 * `meanMagnitude` of some images.
 * @param trained indices of the trained images
 * @throws RangeError if there are none
 */
export const meanSpectrum = (images: ImageSet, trained: readonly number[]): Float32Array =>
  meanMagnitude(bytesOf(images, trained), images.side);

/**
 * The same with a yield point after each image.
 * @throws RangeError if there are none; ResiduaError `cancelled`
 */
export const interruptibleMeanSpectrum = async (
  images: ImageSet,
  trained: readonly number[],
  options: WorkOptions,
): Promise<Float32Array> => {
  const sum = new MeanMagnitude(images.side);
  for await (const index of interruptible(trained, options)) sum.add(imageBytes(images, index));
  return sum.mean();
};

/** Caches the mean spectrum of each image set for the last requested hold-out. */
export class CachedMeanSpectrum {
  private readonly known = new WeakMap<
    ImageSet,
    { readonly holdOut: string; readonly magnitude: Float32Array }
  >();

  /** @throws ResiduaError `no-training-images`; `cancelled` */
  async of(images: ImageSet, settings: HoldOut, options: WorkOptions): Promise<Float32Array> {
    const { trained } = trainingSplit(images.samples, settings);
    requireTrainingImages(images, trained.length);
    const holdOut = holdOutKey(settings);
    const known = this.known.get(images);
    if (known?.holdOut === holdOut) return known.magnitude;
    const magnitude = await interruptibleMeanSpectrum(images, trained, options);
    this.known.set(images, { holdOut, magnitude });
    return magnitude;
  }
}
