/** Scores of the good training images, to fit a threshold without anomalous images. */

import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import type { TrainingSplit } from '#core/training-split.ts';
import { notFinite, type ReconstructPart } from './calibration-pass.ts';
import { type WorkOptions, yieldPoint } from './yield-point.ts';

/** Scores of good images outside the test set. */
export interface GoodScores {
  /** Whether these are the held-out images; otherwise they are trained images. */
  readonly heldOut: boolean;
  /** Indices into the image set, ascending. */
  readonly indices: readonly number[];
  /** One score for each of them. */
  readonly scores: Float64Array;
}

/** The good images for fitting a threshold: the held-out ones, or the trained ones if none are held out. */
export const goodTrainingIndices = ({ heldOut, trainedGood }: TrainingSplit): readonly number[] =>
  heldOut.length > 0 ? heldOut : trainedGood;

/**
 * Scores images one micro-batch at a time, with a yield point after each.
 * @param images the decoded category
 * @param parts indices of the samples to score, one micro-batch per part
 * @param reconstruct reconstructs one part, [S, S, 3] in [0, 1] each, by the sample's index
 * @param scorer of the images' side
 * @returns one score per sample, in the order of `parts`
 * @throws ResiduaError `non-finite-loss` naming the first image with a non-finite reconstruction; `cancelled`
 */
export const scoreInParts = async (
  images: ImageSet,
  parts: readonly (readonly number[])[],
  reconstruct: ReconstructPart,
  scorer: Pick<Scorer, 'score'>,
  options: WorkOptions,
): Promise<Float64Array> => {
  options.signal?.throwIfAborted();
  const scores = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let done = 0;
  for (const part of parts) {
    const reconstructions = await reconstruct(part);
    for (const index of part) {
      const { score } = scorer.score(imageBytes(images, index), reconstructions.get(index)!.pixels);
      if (!Number.isFinite(score)) {
        throw notFinite(images.samples[index].path);
      }
      scores[done] = score;
      done += 1;
    }
    await yieldPoint(done / scores.length, options);
  }
  return scores;
};
