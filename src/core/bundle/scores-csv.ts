/** Scores of the test images, one column per kind of score. */
import type { PlainBaselines } from '../baselines/plain-baselines.ts';
import { toCsv } from '../csv.ts';
import type { SampleInfo } from '../dataset.ts';

/**
 * @param samples of the image set; each test image has a row
 * @param scores scores of the run; undefined if nothing was trained
 * @param plain the baselines; undefined omits their columns
 */
export const scoresCsv = (
  samples: readonly SampleInfo[],
  scores: readonly number[] | undefined,
  plain: PlainBaselines | undefined,
): string => {
  const baselines = plain?.baselines ?? [];
  const tested = samples.filter(({ split }) => split === 'test');
  const columns = baselines.map(({ name }) => name.replaceAll('-', '_'));
  return toCsv(
    ['path', 'label', 'defect_type', ...(scores ? ['score'] : []), ...columns],
    tested.map(({ path, anomalous, defectType }, index) => [
      path,
      anomalous ? 1 : 0,
      defectType,
      ...(scores ? [scores[index]] : []),
      ...baselines.map((baseline) => baseline.scores[index]),
    ]),
  );
};
