/** The page's words for thresholds, policies and outcomes. */
import type { FalseAlarmRate } from '#core/metrics/false-alarm-rate.ts';
import type { ChosenThreshold, Confusion, ThresholdPolicy } from '#core/metrics/threshold.ts';
import type { Outcome } from '#store/decision/outcome.ts';
import { formatCount, formatFigure } from '../ui/format.ts';
import type { OperatingPoint } from './operating-curve.ts';

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  caught: 'caught',
  missed: 'missed',
  'false-alarm': 'false alarms',
  pass: 'passed',
};

export const policyNames: Readonly<Record<ThresholdPolicy['kind'], string>> = {
  manual: 'Manual',
  'f1-maximum': 'F1-max',
  'good-quantile': 'Good images',
};

/** The images that a threshold was fitted on, or the reason for its absence. */
export const fittedOnWords = (chosen: ChosenThreshold, goodImages: number): string => {
  if (!chosen.defined) return chosen.reason;
  switch (chosen.fittedOn) {
    case 'no images':
      return 'Set by hand';
    case 'test images':
      return 'Fitted on the test images: the best this test set allows';
    case 'held-out images':
      return `Fitted on ${formatCount(goodImages, 'held-out good image')}`;
    case 'training images':
      return `Fitted on ${formatCount(goodImages, 'image')} that the network was trained on: expect more false alarms on new parts`;
  }
};

const percent = (share: number): string => (100 * share).toFixed(1);

/** A rate with its interval: `false alarms on 21 held-out images: 1 (4.8 %), 95 % interval 0.1–23.8 %`. */
export const falseAlarmWords = (
  { falseAlarms, images, lower, upper }: FalseAlarmRate,
  kind: 'held-out' | 'good test',
): string =>
  `false alarms on ${formatCount(images, `${kind} image`)}: ${falseAlarms} (${percent(falseAlarms / images)} %), ` +
  `95 % interval ${percent(lower)}–${percent(upper)} %`;

/** A threshold in the legend of an exported chart. */
export const thresholdLegend = (chosen: ChosenThreshold & { readonly defined: true }): string =>
  `threshold ${formatFigure(chosen.threshold, 4)}, ${
    chosen.fittedOn === 'no images' ? 'set by hand' : `fitted on ${chosen.fittedOn}`
  }`;

/** The rates at an operating point, in lines of an exported figure. */
export const pointLines = ({ recall, falsePositiveRate, precision }: OperatingPoint): readonly string[] => [
  `recall (true positive rate) ${recall.toFixed(4)}`,
  `false positive rate ${falsePositiveRate.toFixed(4)}`,
  recall === 0 && falsePositiveRate === 0
    ? 'precision undefined: no image is flagged'
    : `precision ${precision.toFixed(4)}`,
];

/** A threshold with its outcomes, for readers who cannot see the chart. */
export const thresholdWords = (threshold: number, confusion: Confusion): string => {
  const { truePositives, falseNegatives, falsePositives, trueNegatives } = confusion;
  return (
    `${formatFigure(threshold)}: ${truePositives} of ${truePositives + falseNegatives} anomalous caught, ` +
    `${falsePositives} of ${falsePositives + trueNegatives} good flagged`
  );
};
