/** The order in which the gallery and the arrow keys walk the images. */
import type { SampleInfo } from '#core/dataset.ts';
import type { GallerySort } from './view-state.ts';

/** An image of the gallery. */
export interface GalleryItem {
  /** Index into the image set. */
  readonly index: number;
  readonly sample: SampleInfo;
  /** Anomaly score of the latest evaluation; undefined before one, and for training images. */
  readonly score: number | undefined;
}

/**
 * The images of one split in the gallery's order; without scores, in the order of the image set.
 * @param samples all samples of the image set
 * @param split which of them are shown
 * @param scores of the test samples in order, or undefined before the first evaluation
 */
export const galleryOrder = (
  samples: readonly SampleInfo[],
  split: 'test' | 'train',
  scores: Float64Array | undefined,
  sort: GallerySort,
): readonly GalleryItem[] => {
  let testIndex = 0;
  const items: GalleryItem[] = [];
  for (const [index, sample] of samples.entries()) {
    const score = sample.split === 'test' ? scores?.[testIndex++] : undefined;
    if (sample.split === split) items.push({ index, sample, score });
  }
  if (sort === 'path' || split === 'train' || !scores) return items;
  const sign = sort === 'score-descending' ? -1 : 1;
  return items.sort((a, b) => sign * ((a.score ?? 0) - (b.score ?? 0)) || a.index - b.index);
};
