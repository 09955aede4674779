/** What is known of a run's images as data: their counts, and which are the same by content. */
import type { Split } from '../dataset.ts';
import type { CategoryCounts } from './official-counts.ts';

/** One image with the hash of its content. */
export interface HashedImage {
  /** Path inside the category. */
  readonly path: string;
  readonly split: Split;
  readonly anomalous: boolean;
  /** SHA-256 of the file's bytes in hexadecimal digits; undefined where the image is no file. */
  readonly contentHash: string | undefined;
}

/** Images of one kind that are the same as another image. */
export interface SameContent {
  /** Number of images. */
  readonly count: number;
  /** One of them, and the image that it is the same as. */
  readonly example: readonly [path: string, other: string];
}

/**
 * Images whose files are the same byte for byte. That is all a content hash can tell: the same picture saved again, cropped
 * or brightened has another hash. Each is undefined where there is none.
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
   * Training images that another category of the same folder has too. `none` where there is none; undefined where no other
   * category was at hand or they were too many to compare.
   */
  readonly foreign: ForeignImages | 'none' | undefined;
}

type Pair = readonly [path: string, other: string];

const sameContent = (pairs: readonly Pair[]): SameContent | undefined =>
  pairs[0] && { count: pairs.length, example: pairs[0] };

const byHash = (images: readonly HashedImage[]): ReadonlyMap<string, string> => {
  const paths = new Map<string, string>();
  for (const { path, contentHash } of images) {
    if (contentHash !== undefined && !paths.has(contentHash)) paths.set(contentHash, path);
  }
  return paths;
};

/** Those of the first that are among the others too. */
const shared = (images: readonly HashedImage[], others: readonly HashedImage[]): SameContent | undefined => {
  const paths = byHash(others);
  return sameContent(
    images.flatMap(({ path, contentHash }): Pair[] => {
      const other = contentHash === undefined ? undefined : paths.get(contentHash);
      return other === undefined || other === path ? [] : [[path, other]];
    }),
  );
};

const duplicatesOf = (images: readonly HashedImage[]): Duplicates | undefined => {
  if (!images.some(({ contentHash }) => contentHash !== undefined)) return undefined;
  const train = images.filter(({ split }) => split === 'train');
  const test = images.filter(({ split }) => split === 'test');
  const good = test.filter(({ anomalous }) => !anomalous);
  const anomalous = test.filter((image) => image.anomalous);
  return {
    trainAndTestGood: shared(train, good),
    trainAndTestAnomalous: shared(train, anomalous),
    // The first of several is the one that the others repeat.
    withinTrain: shared(train, train),
    testGoodAndAnomalous: shared(good, anomalous),
  };
};

/**
 * The facts of a decoded category, without a comparison to other categories.
 * @param images all that were decoded
 * @param unreadable images that could not be
 */
export const dataFactsOf = (
  category: string,
  images: readonly HashedImage[],
  unreadable: number,
): DataFacts => {
  const test = images.filter(({ split }) => split === 'test');
  const testAnomalous = test.filter(({ anomalous }) => anomalous).length;
  return {
    category,
    counts: { train: images.length - test.length, testGood: test.length - testAnomalous, testAnomalous },
    unreadable,
    duplicates: duplicatesOf(images),
    foreign: undefined,
  };
};
