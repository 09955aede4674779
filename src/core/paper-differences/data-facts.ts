/** Facts about a run's images: their counts, and which are equal by content. */
import type { CategoryCounts } from './official-counts.ts';

/** Images of one kind that equal another image. */
export interface SameContent {
  /** Number of images. */
  readonly count: number;
  /** One of these images, and the image that it equals. */
  readonly example: readonly [path: string, other: string];
}

/**
 * Images with byte-for-byte equal files. A content hash finds nothing else: a copy that was saved again, cropped or
 * brightened has another hash. Each field is undefined if there are none.
 */
export interface Duplicates {
  /** Training images that are also good test images. */
  readonly trainAndTestGood: SameContent | undefined;
  /** Good training images that are also anomalous test images: one of the two labels is wrong. */
  readonly trainAndTestAnomalous: SameContent | undefined;
  /** Training images that repeat an earlier training image. */
  readonly withinTrain: SameContent | undefined;
  /** Good test images that are also anomalous test images. */
  readonly testGoodAndAnomalous: SameContent | undefined;
}

/** Training images that also belong to another category, by content. */
export interface ForeignImages extends SameContent {
  /** Category of the example's other image. */
  readonly category: string;
}

/** Facts about the images of a run. Plain data, stored with runs and tables. */
export interface DataFacts {
  readonly category: string;
  /** Images that were decoded. */
  readonly counts: CategoryCounts;
  /** Images that could not be read and were skipped. */
  readonly unreadable: number;
  /** Undefined if no image has a hash: the images are not files, or the page has no secure context. */
  readonly duplicates: Duplicates | undefined;
  /**
   * Training images that another category of the same folder also has. `none` if there are none; undefined if no other
   * category was available, or they were too many to compare.
   */
  readonly foreign: ForeignImages | 'none' | undefined;
}
