/** Counts the images of a decoded category and finds those with equal content. */
import type { Split } from '../dataset.ts';
import type { DataFacts, Duplicates, SameContent } from './data-facts.ts';

/** One image with the hash of its content. */
export interface HashedImage {
  /** Path inside the category. */
  readonly path: string;
  readonly split: Split;
  readonly anomalous: boolean;
  /** SHA-256 of the file's bytes in hexadecimal digits; undefined if the image is not a file. */
  readonly contentHash: string | undefined;
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

/** Images of one list that also appear in the other. */
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
    // Of several equal images, all but the first are repeats.
    withinTrain: shared(train, train),
    testGoodAndAnomalous: shared(good, anomalous),
  };
};

/**
 * Returns the facts of a decoded category, without a comparison with other categories.
 * @param images all decoded images
 * @param unreadable number of images that could not be decoded
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
