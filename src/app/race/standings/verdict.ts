/** The verdict of a race: who leads by the image AUROC, by how much, and how certain that is. */
import type { Metric } from '#core/history.ts';
import type { PairedDifference } from '#core/metrics/paired-difference.ts';
import { aurocText, differenceText } from '#core/table/cell-text.ts';

/** A contestant with its AUROC at one evaluation. */
export interface Standing {
  readonly name: string;
  readonly auroc: Metric;
}

/** The leader beside another contestant. */
export interface Lead {
  /** Index of the other contestant among the standings. */
  readonly over: number;
  /** AUROC of the earlier of the two minus that of the later: differences have the order of the contestants everywhere. */
  readonly difference: PairedDifference;
  /** Whether the interval of the difference excludes 0. */
  readonly shown: boolean;
}

export type Verdict =
  | {
      readonly decided: true;
      /** Index of the contestant with the highest AUROC; the first of equal ones. */
      readonly leader: number;
      /** The other contestants, the closest first. */
      readonly leads: readonly Lead[];
    }
  | { readonly decided: false; readonly reason: string };

/** Whether an interval excludes 0. Without an interval nothing is shown. */
const isShown = (difference: PairedDifference): boolean =>
  difference.defined &&
  difference.interval.defined &&
  (difference.interval.lower > 0 || difference.interval.upper < 0);

/**
 * @param difference AUROC of the standing at the first index minus that of the one at the second, which is larger
 */
export const verdictOf = (
  standings: readonly Standing[],
  difference: (one: number, other: number) => PairedDifference,
): Verdict => {
  const missing = standings.find(({ auroc }) => !auroc.defined);
  if (missing && !missing.auroc.defined) return { decided: false, reason: missing.auroc.reason };
  if (standings.length < 2) return { decided: false, reason: 'Only one contestant was evaluated.' };
  const valueAt = (place: number): number => {
    const auroc = standings[place]!.auroc;
    return auroc.defined ? auroc.value : Number.NaN;
  };
  const places = standings.map((_, place) => place).sort((a, b) => valueAt(b) - valueAt(a) || a - b);
  const [leader = 0, ...others] = places;
  const leads = others.map((over) => {
    const found = difference(Math.min(leader, over), Math.max(leader, over));
    return { over, difference: found, shown: isShown(found) };
  });
  return { decided: true, leader, leads };
};

/** `+0.129 (0.030 to 0.221)`: the difference with its 95 % interval. */
export const leadText = (difference: PairedDifference): string => {
  if (!difference.defined) return difference.reason;
  const { value, interval } = difference;
  const bounds = interval.defined
    ? `${differenceText(interval.lower)} to ${differenceText(interval.upper)}`
    : interval.reason;
  return `${differenceText(value)} (${bounds})`;
};

/** The verdict's headline: `WFDL wins`, or `No difference shown`. */
export const verdictHeadline = (verdict: Verdict, standings: readonly Standing[]): string => {
  if (!verdict.decided) return 'Undecided';
  if (!verdict.leads[0]?.shown) return 'No difference shown';
  return `${standings[verdict.leader]!.name} wins`;
};

/** The sentences below the headline, one for each contestant but the leader. */
export const verdictSentences = (verdict: Verdict, standings: readonly Standing[]): readonly string[] => {
  if (!verdict.decided) return [verdict.reason];
  const nameAndAuroc = (place: number): string => {
    const { name, auroc } = standings[place]!;
    return `${name} ${auroc.defined ? aurocText(auroc.value) : ''}`.trim();
  };
  const { leader, leads } = verdict;
  return leads.map(({ over, difference, shown }) =>
    [
      `${nameAndAuroc(Math.min(leader, over))} − ${nameAndAuroc(Math.max(leader, over))}: ${leadText(difference)}.`,
      ...(shown ? [] : ['The interval includes 0, so these images show no difference.']),
    ].join(' '),
  );
};
