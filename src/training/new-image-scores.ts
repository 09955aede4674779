/** Scores and maps of images that no run has seen. */
import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { notFinite, type ReconstructPart } from './calibration-pass.ts';
import { type WorkOptions, yieldPoint } from './yield-point.ts';

/** Scores of images with their maps, in the order of the images. */
export interface MappedScores {
  readonly scores: Float64Array<ArrayBuffer>;
  /** [count, S, S], at least 0. */
  readonly maps: Float32Array<ArrayBuffer>;
}

/**
 * Scores images one batch at a time, with a yield point after each.
 * @param parts indices into `images`, one batch per part, ascending from 0
 * @throws ResiduaError `non-finite-loss` naming the first image with a non-finite reconstruction; `cancelled`
 */
export const scoreWithMaps = async (
  images: ImageSet,
  parts: readonly (readonly number[])[],
  reconstruct: ReconstructPart,
  scorer: Pick<Scorer, 'score'>,
  options: WorkOptions,
): Promise<MappedScores> => {
  options.signal?.throwIfAborted();
  const count = images.samples.length;
  const pixels = images.side * images.side;
  const scores = new Float64Array(count);
  const maps = new Float32Array(count * pixels);
  let done = 0;
  for (const part of parts) {
    const reconstructions = await reconstruct(part);
    for (const index of part) {
      const map = maps.subarray(index * pixels, (index + 1) * pixels);
      const { score } = scorer.score(imageBytes(images, index), reconstructions.get(index)!.pixels, map);
      if (!Number.isFinite(score)) throw notFinite(images.samples[index].path);
      scores[index] = score;
    }
    done += part.length;
    await yieldPoint(done / count, options);
  }
  return { scores, maps };
};
