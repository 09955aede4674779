/** The differences of a run's images from the paper's, MVTec AD, in words. */
import type { DataFacts, SameContent } from './data-facts.ts';
import { type CategoryCounts, officialCounts } from './official-counts.ts';

/** The limits of the comparison by content. */
export const contentHashMeaning =
  'Images are equal if the SHA-256 of their files is equal, byte for byte. A copy that was saved again or cropped is not found.';

const countNames = [
  ['train', 'training images'],
  ['testGood', 'good test images'],
  ['testAnomalous', 'anomalous test images'],
] as const satisfies readonly (readonly [keyof CategoryCounts, string])[];

const countWords = ({ category, counts }: DataFacts): readonly string[] => {
  const official = officialCounts(category);
  if (!official) return [`“${category}” is not a category of MVTec AD: the paper has no figure for it.`];
  return countNames
    .filter(([key]) => counts[key] !== official[key])
    .map(([key, name]) => `${counts[key]} ${name}; MVTec AD has ${official[key]}.`);
};

const sameWords = (
  same: SameContent | undefined,
  words: (many: boolean) => string,
  after = '',
): readonly string[] => {
  if (!same) return [];
  const { count, example } = same;
  return [`${count} ${words(count > 1)} (${example[0]} = ${example[1]})${after}.`];
};

/**
 * One sentence per difference. Counts are compared if the category has one of MVTec AD's names.
 * @param facts undefined if the run's are unknown
 */
export const dataDifferences = (facts: DataFacts | undefined): readonly string[] => {
  if (!facts) return ['The images that this run was trained on are not recorded: their number may differ.'];
  const { unreadable, duplicates, foreign } = facts;
  return [
    ...countWords(facts),
    ...(unreadable > 0
      ? [
          `${unreadable} ${unreadable === 1 ? 'image' : 'images'} could not be read and ${unreadable === 1 ? 'was' : 'were'} skipped.`,
        ]
      : []),
    ...sameWords(
      duplicates?.trainAndTestAnomalous,
      (many) =>
        `good training ${many ? 'images are anomalous test images' : 'image is an anomalous test image'} too`,
      ': one label is wrong',
    ),
    ...sameWords(
      duplicates?.trainAndTestGood,
      (many) => `training ${many ? 'images are test images' : 'image is a test image'} too`,
    ),
    ...sameWords(
      duplicates?.testGoodAndAnomalous,
      (many) => `good test ${many ? 'images are anomalous ones' : 'image is an anomalous one'} too`,
      ': one label is wrong',
    ),
    ...sameWords(
      duplicates?.withinTrain,
      (many) => `training ${many ? 'images repeat others' : 'image repeats another'}`,
    ),
    ...(foreign === undefined || foreign === 'none'
      ? []
      : sameWords(
          foreign,
          (many) => `training ${many ? 'images are' : 'image is'} also in the category ${foreign.category}`,
        )),
  ];
};
