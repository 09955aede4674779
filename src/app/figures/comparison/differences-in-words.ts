/** How the compared runs differ from the paper's experiment: what all of them do once, then each by itself. */
import type { ComparisonRow } from './comparison-row.ts';

/** Paragraphs of the caption; none where no run differs. */
export const differencesInWords = (
  rows: readonly Pick<ComparisonRow, 'label' | 'paper'>[],
): readonly string[] => {
  const lists = rows.map(({ paper }) => paper.differences);
  const shared = (lists[0] ?? []).filter((sentence) => lists.every((list) => list.includes(sentence)));
  const subject = rows.length > 1 ? 'Every run differs' : 'The run differs';
  return [
    ...(shared.length > 0 ? [`${subject} from the paper’s experiment: ${shared.join(' ')}`] : []),
    ...rows.flatMap(({ label, paper }) => {
      const own = paper.differences.filter((sentence) => !shared.includes(sentence));
      return own.length > 0 ? [`${label} differs from it: ${own.join(' ')}`] : [];
    }),
  ];
};
