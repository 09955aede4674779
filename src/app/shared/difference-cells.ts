/** A difference of AUROCs in a CSV file. */
import type { CsvValue } from '#core/csv.ts';
import type { PairedDifference } from '#core/metrics/paired-difference.ts';

/** Value, lower and upper end of its 95 % interval; empty where undefined. */
export const differenceCells = (difference: PairedDifference | undefined): readonly CsvValue[] => {
  if (!difference?.defined) return [undefined, undefined, undefined];
  const { value, interval } = difference;
  return [value, ...(interval.defined ? [interval.lower, interval.upper] : [undefined, undefined])];
};
