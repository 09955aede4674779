/** The baselines as printed in a shell. */
import { separates } from '#core/baselines/baseline-evaluation.ts';
import type { PlainBaseline, PlainBaselines, PlainScored } from '#core/baselines/plain-baselines.ts';
import { separationNotice } from '#core/baselines/separation-notice.ts';
import type { BootstrapInterval } from '#core/metrics/bootstrap-interval.ts';
import type { PairedDifference } from '#core/metrics/paired-difference.ts';

/** `0.912 (0.850 to 0.961)`, or `undefined`. */
export const aurocText = ({ imageAuroc, interval }: Omit<PlainScored, 'scores'>): string => {
  if (!imageAuroc.defined) return 'undefined';
  const bounds = interval.defined ? ` (${interval.lower.toFixed(3)} to ${interval.upper.toFixed(3)})` : '';
  return `${imageAuroc.value.toFixed(3)}${bounds}`;
};

const deviationText = ({ deviation }: PlainBaseline): string => {
  if (!deviation) return '';
  return deviation.defined ? aurocText(deviation) : 'undefined';
};

const nameText = ({ name, settings }: PlainBaseline): string =>
  settings ? `${name} by ${settings.score}` : name;

/** The reasons for undefined figures, each once. */
const reasonsOf = ({ baselines, withoutReferences }: PlainBaselines): readonly string[] => {
  const reasons = baselines.flatMap(({ name, imageAuroc, deviation }) => [
    ...(imageAuroc.defined ? [] : [imageAuroc.reason]),
    ...(deviation && !deviation.defined ? [`${name}: ${deviation.reason}`] : []),
  ]);
  return [...new Set(withoutReferences === undefined ? reasons : [...reasons, withoutReferences])];
};

/** A table with its notes, one per line. */
export const baselineLines = (all: PlainBaselines): readonly string[] => {
  const rows = [
    ['Without training', 'AUROC (95 % interval)', '|s - median| / MAD'],
    ...all.baselines.map((baseline) => [nameText(baseline), aurocText(baseline), deviationText(baseline)]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)) + 2);
  return [
    ...rows.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('')
        .trimEnd(),
    ),
    ...reasonsOf(all),
    ...all.baselines
      .filter(({ imageAuroc }) => separates(imageAuroc))
      .map(({ name, imageAuroc }) => separationNotice(name, imageAuroc)),
  ];
};

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(3)}`;

const boundsText = (interval: BootstrapInterval): string =>
  interval.defined ? ` (${signed(interval.lower)} to ${signed(interval.upper)})` : '';

/** `+0.046 (+0.010 to +0.090)`, or the reason why there is no difference. */
export const signedText = (difference: PairedDifference): string =>
  difference.defined ? `${signed(difference.value)}${boundsText(difference.interval)}` : difference.reason;

/** `-0.046 to the variation model (-0.090 to -0.010)`; empty if there is no difference. */
export const differenceText = (difference: PairedDifference | undefined): string => {
  if (!difference?.defined) return '';
  return `${signed(difference.value)} to the variation model${boundsText(difference.interval)}`;
};
