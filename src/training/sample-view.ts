/** One image with everything that the bench shows for it, as plain transferable arrays. */

import type { ImageSet } from '#core/dataset.ts';
import type { SampleView } from '#core/history.ts';
import { imageBytes, imageFloats, imageMask } from '#core/image-bytes.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { residualSpectrum, shownSpectrum } from '#core/spectrum/log-magnitude.ts';

/** A reconstruction and its position in the run. */
export interface Reconstruction {
  /** RGB, [S, S, 3] in [0, 1]. */
  readonly pixels: Float32Array;
  readonly epoch: number;
  readonly step: number;
}

/**
 * Collects everything that is shown for one image.
 * @param images the decoded category
 * @param index the sample
 * @param reconstruction undefined if there is none yet
 * @param scorer computes map and score; needed if there is a reconstruction
 */
export const sampleView = (
  images: ImageSet,
  index: number,
  reconstruction: Reconstruction | undefined,
  scorer: Scorer | undefined,
): SampleView => {
  const { side } = images;
  const input = imageFloats(images, index);
  const inputSpectrum = shownSpectrum(input, side);
  const view = {
    index,
    path: images.samples[index].path,
    side,
    input,
    inputSpectrum: inputSpectrum.logMagnitude,
    inputPower: inputSpectrum.power,
    mask: imageMask(images, index)?.slice(),
  };
  if (!reconstruction || !scorer) return { ...view, output: undefined };
  const { pixels, epoch, step } = reconstruction;
  const { score, map, meanEnergy, energy } = scorer.score(imageBytes(images, index), pixels);
  const difference = residualSpectrum(input, pixels, side);
  return {
    ...view,
    output: {
      epoch,
      step,
      reconstruction: pixels.slice(),
      residual: map,
      calibrated: scorer.calibrated,
      reconstructionSpectrum: shownSpectrum(pixels, side).logMagnitude,
      differenceSpectrum: difference.logMagnitude,
      residualPower: difference.power,
      score,
      residualDcShare: energy > 0 ? meanEnergy / energy : 0,
    },
  };
};

/** The buffers of a view, for transfer instead of a copy. */
export const viewBuffers = ({ input, inputSpectrum, inputPower, mask, output }: SampleView): ArrayBuffer[] =>
  [
    input,
    inputSpectrum,
    inputPower,
    mask,
    output?.reconstruction,
    output?.residual,
    output?.reconstructionSpectrum,
    output?.differenceSpectrum,
    output?.residualPower,
  ].flatMap((array) => (array ? [array.buffer as ArrayBuffer] : []));
