/** One image with everything that the bench shows for it, as plain transferable arrays. */

import { stitchedSize, stitchMaps } from '#core/anomaly-maps/stitch.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { SampleView, StitchedOutput } from '#core/history.ts';
import { imageBytes, imageFloats, imageMask } from '#core/image-bytes.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { residualSpectrum, shownSpectrum } from '#core/spectrum/log-magnitude.ts';
import { imageOfPicture } from '#core/tiles.ts';

/** A reconstruction and its position in the run. */
export interface Reconstruction {
  /** RGB, [S, S, 3] in [0, 1]. */
  readonly pixels: Float32Array;
  readonly epoch: number;
  readonly step: number;
}

/** Returns the reconstruction of a picture; undefined if there is none yet. */
export type ReconstructionOf = (picture: number) => Reconstruction | undefined;

/** Undefined if the image is not cut into tiles, or not all of them are reconstructed. */
const stitchedOutput = (
  images: ImageSet,
  picture: number,
  reconstructionOf: ReconstructionOf,
  scorer: Scorer,
): StitchedOutput | undefined => {
  const { width, height, tile } = images.samples[picture]!;
  if (!tile) return undefined;
  const scored = Array.from({ length: tile.count }, (_, place) => {
    const index = picture - tile.index + place;
    const reconstruction = reconstructionOf(index);
    return reconstruction && scorer.score(imageBytes(images, index), reconstruction.pixels);
  }).filter((one) => one !== undefined);
  if (scored.length < tile.count) return undefined;
  const stitched = { width, height, side: images.side };
  const maps = scored.map(({ map }) => map);
  const scores = scored.map(({ score }) => score);
  return { scores, map: stitchMaps(maps, stitched), ...stitchedSize(stitched) };
};

/**
 * Collects everything that is shown for one picture of an image.
 * @param images the decoded category
 * @param index the picture
 * @param reconstructionOf those of all pictures of the image
 * @param scorer computes map and score; needed if there is a reconstruction
 */
export const sampleView = (
  images: ImageSet,
  index: number,
  reconstructionOf: ReconstructionOf,
  scorer: Scorer | undefined,
): SampleView => {
  const { side } = images;
  const { path, tile } = images.samples[index]!;
  const input = imageFloats(images, index);
  const reconstruction = reconstructionOf(index);
  const inputSpectrum = shownSpectrum(input, side);
  const view = {
    index: imageOfPicture(images.samples, index),
    path,
    ...(tile && { tile }),
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
  const stitched = stitchedOutput(images, index, reconstructionOf, scorer);
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
      ...(stitched && { stitched }),
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
    output?.stitched?.map,
  ].flatMap((array) => (array ? [array.buffer as ArrayBuffer] : []));
