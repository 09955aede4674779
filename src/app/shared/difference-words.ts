/** The difference of a run's AUROC to that of the variation model, as the page writes it. */
import type { BootstrapInterval } from '#core/metrics/bootstrap-interval.ts';
import type { PairedDifference } from '#core/metrics/paired-difference.ts';
import { differenceText } from '#core/table/cell-text.ts';

const boundsText = (interval: BootstrapInterval): string =>
  interval.defined ? ` (${differenceText(interval.lower)} to ${differenceText(interval.upper)})` : '';

/** `−0.046 (−0.090 to −0.010)`, or why there is none. */
export const differenceWords = (difference: PairedDifference): string =>
  difference.defined
    ? `${differenceText(difference.value)}${boundsText(difference.interval)}`
    : `undefined: ${difference.reason}`;

/** `−0.046 to the variation model (−0.090 to −0.010)`; undefined where there is nothing to say. */
export const toVariationModelWords = (difference: PairedDifference | undefined): string | undefined =>
  difference?.defined
    ? `${differenceText(difference.value)} to the variation model${boundsText(difference.interval)}`
    : undefined;
