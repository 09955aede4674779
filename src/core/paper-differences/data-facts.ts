/** What is known of a run's images as data: their counts, and which are the same by content. */
import type { CategoryCounts } from './official-counts.ts';

/** Images of one kind that are the same as another image. */
export interface SameContent {
  /** Number of images. */
  readonly count: number;
  /** One of them, and the image that it is the same as. */
  readonly example: readonly [path: string, other: string];
}

/**
 * Images whose files are the same byte for byte. That is all a content hash can tell: the same picture saved again, cropped
 * or brightened has another hash. Each is undefined if there is none.
 */
export interface Duplicates {
  /** Training images that are a good test image too. */
  readonly trainAndTestGood: SameContent | undefined;
  /** Good training images that are an anomalous test image too: one of the two labels is wrong. */
  readonly trainAndTestAnomalous: SameContent | undefined;
  /** Training images that repeat an earlier training image. */
  readonly withinTrain: SameContent | undefined;
  /** Good test images that are an anomalous test image too. */
  readonly testGoodAndAnomalous: SameContent | undefined;
}

/** A training image that belongs to another category by its content. */
export interface ForeignImages extends SameContent {
  /** Category of the example's other image. */
  readonly category: string;
}

/** Facts of the images that a run has. Plain data: they are kept with runs and tables. */
export interface DataFacts {
  readonly category: string;
  /** Images that were decoded. */
  readonly counts: CategoryCounts;
  /** Images that could not be read and were left out. */
  readonly unreadable: number;
  /** Undefined where no image has a hash: the images are no files, or the page is not served safely. */
  readonly duplicates: Duplicates | undefined;
  /**
   * Training images that another category of the same folder has too. `none` where there is none; undefined if no other
   * category was at hand or they were too many to compare.
   */
  readonly foreign: ForeignImages | 'none' | undefined;
}
