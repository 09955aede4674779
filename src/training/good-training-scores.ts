/** Scores of the good training images, to fit a threshold without anomalous images. */

import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { imageOfPicture } from '#core/tiles.ts';
import type { TrainingSplit } from '#core/training-split.ts';
import { notFinite, type ReconstructPart } from './calibration-pass.ts';
import { ImageScores } from './image-scores.ts';
import { type WorkOptions, yieldPoint } from './yield-point.ts';

/** Scores of good images outside the test set. */
export interface GoodScores {
  /** Whether these are the held-out images; otherwise they are trained images. */
  readonly heldOut: boolean;
  /** Indices of the images, ascending. */
  readonly indices: readonly number[];
  /** One score for each of them. */
  readonly scores: Float64Array;
}

/** The pictures of the good images for fitting a threshold: the held-out ones, or the trained ones if none are held out. */
export const goodTrainingIndices = ({ heldOut, trainedGood }: TrainingSplit): readonly number[] =>
  heldOut.length > 0 ? heldOut : trainedGood;

/**
 * Scores images one micro-batch at a time, with a yield point after each.
 * @param images the decoded category
 * @param parts indices of the pictures to score, one micro-batch per part; those of an image follow each other
 * @param reconstruct reconstructs one part, [S, S, 3] in [0, 1] each, by the picture's index
 * @param scorer of the images' side
 * @returns one score per image, in the order of `parts`, with the images' indices
 * @throws ResiduaError `non-finite-loss` naming the first image with a non-finite reconstruction; `cancelled`
 */
export const scoreInParts = async (
  images: ImageSet,
  parts: readonly (readonly number[])[],
  reconstruct: ReconstructPart,
  scorer: Pick<Scorer, 'score'>,
  options: WorkOptions,
): Promise<Omit<GoodScores, 'heldOut'>> => {
  options.signal?.throwIfAborted();
  const pictures = parts.flat();
  const scores = new ImageScores(images.samples, pictures);
  let done = 0;
  for (const part of parts) {
    const reconstructions = await reconstruct(part);
    for (const index of part) {
      const { score } = scorer.score(imageBytes(images, index), reconstructions.get(index)!.pixels);
      if (!Number.isFinite(score)) {
        throw notFinite(images.samples[index].path);
      }
      scores.add(index, score);
      done += 1;
    }
    await yieldPoint(done / pictures.length, options);
  }
  const indices = scores.first.map((index) => imageOfPicture(images.samples, index));
  return { indices, scores: scores.scores };
};
