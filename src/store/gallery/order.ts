/** The order in which the gallery and the arrow keys walk the images. */
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
  /** Anomaly score by the weights of the latest evaluation; undefined where the image is not scored. */
  readonly score: number | undefined;
}

/** Anomaly scores by index into the image set; undefined where an image is not scored. */
export type SampleScores = readonly (number | undefined)[];

/**
 * The scores that there are of an evaluation's weights.
 * @param samples all samples of the image set
 * @param evaluation undefined before the first
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

/** The images that a mode of the gallery shows, ascending indices into the image set. */
const indicesOf = (
  samples: readonly SampleInfo[],
  mode: GalleryMode,
  { trained, heldOut }: TrainingSplit,
): readonly number[] => {
  if (mode === 'train') return trained;
  if (mode === 'held-out') return heldOut;
  return samples.flatMap(({ split }, index) => (split === 'test' ? [index] : []));
};

/** The images of a mode in the gallery's order; where not all have scores, in the order of the image set. */
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
