/** The mean spectrum of the images that a run trains on, which the adaptive weights divide by. */
import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { MeanMagnitude, meanMagnitude } from '#core/spectrum/mean-magnitude.ts';
import { type InTurns, takeTurn } from './yield-point.ts';

function* bytesOf(images: ImageSet, indices: readonly number[]): Generator<Uint8Array> {
  for (const index of indices) yield imageBytes(images, index);
}

/**
 * `meanMagnitude` of some images.
 * @param trained indices of the images that are trained on
 * @throws RangeError where there are none
 */
export const meanSpectrum = (images: ImageSet, trained: readonly number[]): Float32Array =>
  meanMagnitude(bytesOf(images, trained), images.side);

/**
 * The same in turns with whatever else this thread does.
 * @throws RangeError where there are none; ResiduaError `cancelled`
 */
export const meanSpectrumInTurns = async (
  images: ImageSet,
  trained: readonly number[],
  turns: InTurns,
): Promise<Float32Array> => {
  const sum = new MeanMagnitude(images.side);
  let done = 0;
  for (const image of bytesOf(images, trained)) {
    sum.add(image);
    await takeTurn(turns, ++done / trained.length);
  }
  return sum.mean();
};
