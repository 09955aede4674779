/** The difference between the AUROC of a run and that of the variation model, and its text. */

import { useMemo } from 'react';
import type { CsvValue } from '#core/csv.ts';
import type { Evaluation } from '#core/history.ts';
import type { BootstrapInterval } from '#core/metrics/bootstrap-interval.ts';
import type { PairedDifference } from '#core/metrics/paired-difference.ts';
import { differenceText } from '#core/table/cell-text.ts';
import { presentDifference } from '#store/baselines/baseline-difference.ts';
import { useApp } from './store-context.ts';

/** Undefined if the references are not known for the settings of the evaluation. */
export const useDifference = (evaluation: Evaluation | undefined): PairedDifference | undefined => {
  const baselines = useApp((state) => state.baselines);
  const dataset = useApp((state) => state.dataset);
  return useMemo(
    () => presentDifference({ baselines, dataset }, evaluation),
    [baselines, dataset, evaluation],
  );
};

/** The value and its 95 % interval's lower and upper end, for a CSV file; empty if undefined. */
export const differenceCells = (difference: PairedDifference | undefined): readonly CsvValue[] => {
  if (!difference?.defined) return [undefined, undefined, undefined];
  const { value, interval } = difference;
  return [value, ...(interval.defined ? [interval.lower, interval.upper] : [undefined, undefined])];
};

const boundsText = (interval: BootstrapInterval): string =>
  interval.defined ? ` (${differenceText(interval.lower)} to ${differenceText(interval.upper)})` : '';

/** `−0.046 (−0.090 to −0.010)`, or the reason why it is undefined. */
export const differenceWords = (difference: PairedDifference): string =>
  difference.defined
    ? `${differenceText(difference.value)}${boundsText(difference.interval)}`
    : `undefined: ${difference.reason}`;

/** `−0.046 to the variation model (−0.090 to −0.010)`; undefined without a difference. */
export const toVariationModelWords = (difference: PairedDifference | undefined): string | undefined =>
  difference?.defined
    ? `${differenceText(difference.value)} to the variation model${boundsText(difference.interval)}`
    : undefined;
