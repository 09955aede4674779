/** The content of the gallery: the images of a split in order, their outcomes at the threshold, and the filtered images. */
import type { SampleInfo } from '#core/dataset.ts';
import type { AppState } from '../app-state.ts';
import { type Outcome, outcomeOf } from '../decision/outcome.ts';
import type { GalleryFilter } from '../decision/state.ts';
import { chosenThreshold } from '../decision/threshold.ts';
import { latestEvaluation } from '../run/state.ts';
import { runSplit } from '../run/training-split.ts';
import { type GalleryItem, galleryOrder, type SampleScores, scoresOfSamples } from './order.ts';
import { rememberLast } from './remember-last.ts';

/** Outcomes by index into the image set; undefined for images without a score. */
export type SampleOutcomes = readonly (Outcome | undefined)[];

/** Number of images for each choice of one filter, while the other filter applies. */
export interface GalleryCounts {
  readonly byOutcome: Readonly<Record<Outcome | 'all', number>>;
  /** The split's defect types by name, good first. */
  readonly byDefectType: ReadonlyMap<string, number>;
  /** Images of every defect type. */
  readonly anyDefectType: number;
}

export interface GalleryContent {
  /** All images of the split. */
  readonly order: readonly GalleryItem[];
  /** The images that match the filter. */
  readonly shown: readonly GalleryItem[];
  readonly outcomes: SampleOutcomes | undefined;
  /** Why no image has an outcome; undefined if at least one has. */
  readonly noOutcomes: string | undefined;
  /** The part of the filter that applies. An unknown defect type hides nothing, nor does an outcome without a threshold. */
  readonly filter: GalleryFilter;
  readonly counts: GalleryCounts;
}

const noSamples: readonly SampleInfo[] = [];

/** Returns the outcome of each sample with a score. */
const outcomesOf = (
  samples: readonly SampleInfo[],
  scores: SampleScores,
  threshold: number,
): SampleOutcomes =>
  samples.map(({ anomalous }, index) => {
    const score = scores[index];
    return score === undefined ? undefined : outcomeOf(score, anomalous, threshold);
  });

/** Returns the images that match both filters. */
export const filterGallery = (
  items: readonly GalleryItem[],
  outcomes: SampleOutcomes | undefined,
  { defectType, outcome }: GalleryFilter,
): readonly GalleryItem[] =>
  defectType === undefined && outcome === undefined
    ? items
    : items.filter(
        ({ index, sample }) =>
          (defectType === undefined || sample.defectType === defectType) &&
          (outcome === undefined || outcomes?.[index] === outcome),
      );

/** Counts the images for each choice of each filter. */
export const countGallery = (
  items: readonly GalleryItem[],
  outcomes: SampleOutcomes | undefined,
  filter: GalleryFilter,
): GalleryCounts => {
  const byOutcome = { all: 0, caught: 0, missed: 0, 'false-alarm': 0, pass: 0 };
  const byDefectType = new Map<string, number>();
  let anyDefectType = 0;
  for (const { index, sample } of items) {
    const outcome = outcomes?.[index];
    if (filter.defectType === undefined || sample.defectType === filter.defectType) {
      byOutcome.all++;
      if (outcome) byOutcome[outcome]++;
    }
    const counts = filter.outcome === undefined || outcome === filter.outcome ? 1 : 0;
    byDefectType.set(sample.defectType, (byDefectType.get(sample.defectType) ?? 0) + counts);
    anyDefectType += counts;
  }
  const rank = (type: string): number => (type === 'good' ? 0 : 1);
  const types = [...byDefectType].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, 'en'));
  return { byOutcome, byDefectType: new Map(types), anyDefectType };
};

const applicable = (
  items: readonly GalleryItem[],
  haveOutcomes: boolean,
  { defectType, outcome }: GalleryFilter,
): GalleryFilter => ({
  defectType: items.some(({ sample }) => sample.defectType === defectType) ? defectType : undefined,
  outcome: haveOutcomes ? outcome : undefined,
});

const unscored = 'These images are scored only if the threshold is a quantile of good images.';

/**
 * Creates a selector of the gallery's content. It recomputes only after a change of its inputs, and returns the same object
 * while the outcomes stay the same: a threshold that moves between two scores causes no rendering.
 */
export const createGallerySelector = (): ((state: AppState) => GalleryContent) => {
  const scores = rememberLast(scoresOfSamples);
  const order = rememberLast(galleryOrder);
  let lastOutcomes: SampleOutcomes | undefined;
  const outcomes = rememberLast(
    (samples: readonly SampleInfo[], scores: SampleScores, threshold: number | undefined) => {
      if (threshold === undefined) return undefined;
      const next = outcomesOf(samples, scores, threshold);
      const last = lastOutcomes;
      if (last?.length !== next.length || next.some((outcome, index) => outcome !== last[index]))
        lastOutcomes = next;
      return lastOutcomes;
    },
  );
  const content = rememberLast(
    (
      items: readonly GalleryItem[],
      found: SampleOutcomes | undefined,
      noThreshold: string | undefined,
      wanted: GalleryFilter,
    ): GalleryContent => {
      const haveOutcomes = items.some(({ index }) => found?.[index] !== undefined);
      const noOutcomes = noThreshold ?? (haveOutcomes || items.length === 0 ? undefined : unscored);
      const filter = applicable(items, haveOutcomes, wanted);
      return {
        order: items,
        shown: filterGallery(items, found, filter),
        outcomes: found,
        noOutcomes,
        filter,
        counts: countGallery(items, found, filter),
      };
    },
  );
  return (state) => {
    const { dataset, run, decision, view } = state;
    const samples = dataset.loaded?.samples ?? noSamples;
    const evaluation = latestEvaluation(run);
    const threshold = chosenThreshold(state);
    const known = scores(samples, evaluation, decision.goodTrainingScores);
    return content(
      order(samples, view.galleryMode, runSplit(state), known, view.gallerySort),
      outcomes(samples, known, threshold.defined ? threshold.threshold : undefined),
      threshold.defined ? undefined : threshold.reason,
      decision.filter,
    );
  };
};
