/** The images of a run as CSV: the use of each, and its content. */
import { toCsv } from '../csv.ts';
import { trainingSplit } from '../training-split.ts';
import type { RunReport } from './run-report.ts';

/**
 * `images.csv`, in the order of the samples: `use` is `trained`, `held-out` or `test`; `sha256` is empty if the image is no file.
 * It lets another program find the images that calibrated the scores.
 */
export const imagesCsv = ({
  snapshot: { samples, config },
  contentHashes,
}: Pick<RunReport, 'snapshot' | 'contentHashes'>): string => {
  const heldOut = new Set(trainingSplit(samples, config).heldOut);
  const useOf = (split: string, index: number): string => {
    if (split === 'test') return 'test';
    return heldOut.has(index) ? 'held-out' : 'trained';
  };
  return toCsv(
    ['path', 'split', 'use', 'defect_type', 'sha256'],
    samples.map(({ path, split, defectType }, index) => [
      path,
      split,
      useOf(split, index),
      defectType,
      contentHashes.get(path),
    ]),
  );
};
