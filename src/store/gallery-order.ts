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

/**
 * The image that is `offset` places away; stays at the ends. From an image that the filter hides, the first step goes to the
 * nearest that is shown on that side.
 * @param order all images of the split
 * @param shown those of them that the filter lets through, in the same order
 * @param selected index into the image set of the image to start from; where it is in another split, the walk starts before
 *   the first
 * @returns undefined where nothing is shown
 */
export const walkTarget = (
  order: readonly GalleryItem[],
  shown: readonly GalleryItem[],
  selected: number | undefined,
  offset: number,
): GalleryItem | undefined => {
  const place = shown.findIndex(({ index }) => index === selected);
  const clamped = (wanted: number): GalleryItem | undefined =>
    shown[Math.min(shown.length - 1, Math.max(0, wanted))];
  if (place >= 0) return clamped(place + offset);
  const from = order.findIndex(({ index }) => index === selected);
  const before = new Set(order.slice(0, Math.max(0, from)));
  const next = shown.filter((item) => before.has(item)).length;
  return clamped(offset > 0 ? next + offset - 1 : next + offset);
};
