/** The scores of new images as CSV. */
import { toCsv } from '#core/csv.ts';
import type { ScoredNewImage } from '#store/new-images/state.ts';

/** The decision about an image; undefined without a threshold. */
export const decisionOf = (
  score: number,
  threshold: number | undefined,
): 'anomalous' | 'good' | undefined => {
  if (threshold === undefined) return undefined;
  return score >= threshold ? 'anomalous' : 'good';
};

/** One row per image. */
export const newImagesCsv = (
  images: readonly Pick<ScoredNewImage, 'path' | 'score'>[],
  threshold: number | undefined,
): string =>
  toCsv(
    ['path', 'score', 'threshold', 'decision'],
    images.map(({ path, score }) => [path, score, threshold, decisionOf(score, threshold)]),
  );
