/** The passes over the good training images that calibrate a residual. */

import { evenlySpaced } from '#core/calibration/calibration-images.ts';
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import { createStatisticsLearner } from '#core/calibration/statistics-learner.ts';
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import { imageBytes } from '#core/image-bytes.ts';
import type { ScoreScratch } from '#core/scores/score-scratch.ts';
import type { ScoreSettings } from '#core/scores/score-settings.ts';
import { chunked } from './image-tensors.ts';
import { type WorkOptions, yieldPoint } from './yield-point.ts';

/** Reconstructs at most a micro-batch of samples: [S, S, 3] in [0, 1] each, by the sample's index. */
export type ReconstructPart = (
  part: readonly number[],
) => Promise<ReadonlyMap<number, { readonly pixels: Float32Array }>>;

/**
 * The images that a calibration learns from: the trained good images, evenly spaced if they are too many.
 * @throws ResiduaError `no-training-images` if there are none
 */
export const calibrationIndices = (
  { name, samples }: ImageSet,
  trainIndices: readonly number[],
): readonly number[] => {
  const good = trainIndices.filter((index) => !samples[index].anomalous);
  if (good.length > 0) return evenlySpaced(good);
  throw new ResiduaError(
    'no-training-images',
    `The category ${name} has no good training images to calibrate the residual.`,
    'Choose the raw residual, or a folder with images in train/good.',
  );
};

/** The error of an image with a non-finite reconstruction. */
export const notFinite = (path: string): ResiduaError =>
  new ResiduaError(
    'non-finite-loss',
    `The reconstruction of ${path} is not finite.`,
    'Lower the learning rate and train again.',
  );

/**
 * Learns from good images, one micro-batch at a time, with a yield point after each image.
 * @param indices of the samples, from `calibrationIndices`
 * @param batch images of a micro-batch
 * @param scratch of the images' side; used between two yield points only
 * @throws ResiduaError `non-finite-loss` naming the first image with a non-finite reconstruction; `cancelled`
 */
export const learnStatistics = async (
  images: ImageSet,
  indices: readonly number[],
  batch: number,
  settings: ScoreSettings,
  scratch: ScoreScratch,
  reconstruct: ReconstructPart,
  options: WorkOptions,
): Promise<ResidualStatistics> => {
  options.signal?.throwIfAborted();
  const learner = createStatisticsLearner(settings, scratch);
  let done = 0;
  for (const part of chunked(indices, batch)) {
    const reconstructions = await reconstruct(part);
    for (const index of part) {
      if (!learner.add(imageBytes(images, index), reconstructions.get(index)!.pixels)) {
        throw notFinite(images.samples[index].path);
      }
      done += 1;
      await yieldPoint(done / indices.length, options);
    }
  }
  return learner.finish();
};
