/** The scored images at the threshold as a table and as CSV. */
import { type CsvValue, toCsv } from '#core/csv.ts';
import type { SampleInfo } from '#core/dataset.ts';
import { outcomeOf } from '#store/decision/outcome.ts';

const decisionHeader = ['path', 'defect_type', 'label', 'score', 'threshold', 'outcome'] as const;

/** One row per image; the outcome is empty without a threshold. */
const decisionRows = (
  samples: readonly SampleInfo[],
  scores: ArrayLike<number>,
  threshold: number | undefined,
): readonly (readonly CsvValue[])[] =>
  samples.map(({ path, defectType, anomalous }, image) => [
    path,
    defectType,
    anomalous ? 'anomalous' : 'good',
    scores[image],
    threshold,
    threshold === undefined ? undefined : outcomeOf(scores[image], anomalous, threshold),
  ]);

/** The same rows as CSV text. */
export const decisionCsv = (...args: Parameters<typeof decisionRows>): string =>
  toCsv(decisionHeader, decisionRows(...args));
