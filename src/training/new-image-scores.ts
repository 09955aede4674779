/** Scores and maps of images that no run has seen. */
import { type ImageMap, stitchedSize, stitchMaps } from '#core/anomaly-maps/stitch.ts';
import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { notFinite, type ReconstructPart } from './calibration-pass.ts';
import { ImageScores } from './image-scores.ts';
import { type WorkOptions, yieldPoint } from './yield-point.ts';

/** Scores of images with their maps, in the order of the images. */
export interface MappedScores {
  readonly scores: Float64Array<ArrayBuffer>;
  readonly maps: readonly ImageMap[];
}

/**
 * Scores images one batch at a time, with a yield point after each. The maps of tiles are stitched.
 * @param parts indices of the pictures of `images`, one batch per part, ascending from 0
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
  const { samples, side } = images;
  const scores = new ImageScores(
    samples,
    samples.map((_, index) => index),
  );
  const maps: Float32Array[] = [];
  let done = 0;
  for (const part of parts) {
    const reconstructions = await reconstruct(part);
    for (const index of part) {
      const { score, map } = scorer.score(imageBytes(images, index), reconstructions.get(index)!.pixels);
      if (!Number.isFinite(score)) throw notFinite(samples[index].path);
      scores.add(index, score);
      maps[index] = map;
    }
    done += part.length;
    await yieldPoint(done / samples.length, options);
  }
  const mapOf = (first: number): ImageMap => {
    const { width, height, tile } = samples[first];
    if (!tile) return { map: maps[first], width: side, height: side };
    const stitched = { width, height, side };
    return { map: stitchMaps(maps.slice(first, first + tile.count), stitched), ...stitchedSize(stitched) };
  };
  return { scores: scores.scores, maps: scores.first.map(mapOf) };
};
