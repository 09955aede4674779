/** The figures of a cell as text, the same on the page and in all written tables. */
import type { TableCell } from './aggregate.ts';
import { aurocDecimals } from './auroc-decimals.ts';
import type { CellInterval } from './cell-figure.ts';

/** Three decimals: `0.852`. */
export const aurocText = (value: number): string => value.toFixed(aurocDecimals);

/** The paper's two decimals: `0.94`; `0.757` for its means. */
export const paperText = (value: number, decimals: 2 | 3 = 2): string => value.toFixed(decimals);

/** A difference with its sign: U+2212 if negative, none if it rounds to zero. */
export const differenceText = (difference: number): string => {
  const text = Math.abs(difference).toFixed(aurocDecimals);
  if (Number(text) === 0) return text;
  return `${difference > 0 ? '+' : '−'}${text}`;
};

/** `[0.801, 0.897]`. */
export const intervalText = ({ lower, upper }: CellInterval): string =>
  `[${aurocText(lower)}, ${aurocText(upper)}]`;

/** An interval of a difference, with signs: `[−0.090, −0.010]`. */
export const differenceIntervalText = ({ lower, upper }: Pick<CellInterval, 'lower' | 'upper'>): string =>
  `[${differenceText(lower)}, ${differenceText(upper)}]`;

/** The text in place of a missing value, in one or two words. */
export const missingText = ({ status, problem, seedsMeasured, seedsPlanned }: TableCell): string => {
  if (status === 'not-planned') return 'not planned';
  if (status === 'incomplete' || status === 'complete') return problem ?? '';
  return seedsPlanned > 1 ? `${status}, ${seedsMeasured} of ${seedsPlanned}` : status;
};
