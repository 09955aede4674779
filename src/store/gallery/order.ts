/** The order of the images in the gallery and for the arrow keys. */
import type { SampleInfo } from '#core/dataset.ts';
import type { Evaluation } from '#core/history.ts';
import type { TrainingSplit } from '#core/training-split.ts';
import type { GoodTrainingScores } from '../decision/state.ts';
import type { GalleryMode, GallerySort } from '../view/state.ts';

/** An image of the gallery. */
export interface GalleryItem {
  /** Index into the image set. */
  readonly index: number;
  readonly sample: SampleInfo;
  /** Anomaly score with the weights of the latest evaluation; undefined if the image is not scored. */
  readonly score: number | undefined;
}

/** Anomaly scores by index into the image set; undefined for images without a score. */
export type SampleScores = readonly (number | undefined)[];

/**
 * Returns the available scores with an evaluation's weights.
 * @param samples all samples of the image set
 * @param evaluation undefined before the first evaluation
 * @param good the held-out or good training images
 */
export const scoresOfSamples = (
  samples: readonly SampleInfo[],
  evaluation: Evaluation | undefined,
  good: GoodTrainingScores,
): SampleScores => {
  let testIndex = 0;
  const scores = samples.map(({ split }) => (split === 'test' ? evaluation?.scores[testIndex++] : undefined));
  if (good.phase === 'ready' && good.evaluation === evaluation) {
    for (const [row, index] of good.indices.entries()) scores[index] = good.scores[row];
  }
  return scores;
};

/** Returns the images of a gallery mode: ascending indices into the image set. */
const indicesOf = (
  samples: readonly SampleInfo[],
  mode: GalleryMode,
  { trained, heldOut }: TrainingSplit,
): readonly number[] => {
  if (mode === 'train') return trained;
  if (mode === 'held-out') return heldOut;
  return samples.flatMap(({ split }, index) => (split === 'test' ? [index] : []));
};

/** Returns the images of a mode in the gallery's order, or in the order of the image set if some have no score. */
export const galleryOrder = (
  samples: readonly SampleInfo[],
  mode: GalleryMode,
  split: TrainingSplit,
  scores: SampleScores,
  sort: GallerySort,
): readonly GalleryItem[] => {
  const items = indicesOf(samples, mode, split).map(
    (index): GalleryItem => ({ index, sample: samples[index], score: scores[index] }),
  );
  if (sort === 'path' || items.some(({ score }) => score === undefined)) return items;
  const sign = sort === 'score-descending' ? -1 : 1;
  return items.sort((a, b) => sign * ((a.score ?? 0) - (b.score ?? 0)) || a.index - b.index);
};

/**
 * Returns the image that is `offset` places away; stops at the ends. From a hidden image, the first step goes
 * to the nearest shown image on that side.
 * @param order all images of the split
 * @param shown the images that match the filter, in the same order
 * @param selected index into the image set of the starting image. If it is in another split, the first step forward
 *   goes to the first shown image
 * @returns undefined if no image is shown
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
