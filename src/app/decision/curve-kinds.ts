/** The two operating curves: what is drawn, and how it is said. */
import type { ChartData } from '../charts/frame/chart-data.ts';
import { formatFigure } from '../format.ts';
import { controlHints } from '../guide/control-hints.tsx';
import type { HintContent } from '../ui/Hint.tsx';
import { precisionRecallData, rocData } from './decision-data.ts';
import type { OperatingPoint, Place } from './operating-curve.ts';

export interface CurveKind {
  readonly name: 'roc' | 'pr';
  /** Of the exported figure, and the first words of the page's. */
  readonly title: string;
  readonly abbreviation: string;
  /** The figure that sums up the curve. */
  readonly metric: { readonly name: string; readonly short: string };
  readonly xTitle: string;
  readonly yTitle: string;
  /** What the dashed line is. */
  readonly chanceName: string;
  readonly handleLabel: string;
  readonly hint: HintContent;
  readonly placeOf: (point: OperatingPoint) => Place;
  readonly words: (point: OperatingPoint) => string;
  readonly data: (points: readonly OperatingPoint[]) => ChartData;
}

export const rocKind: CurveKind = {
  name: 'roc',
  title: 'ROC curve',
  abbreviation: 'ROC',
  metric: { name: 'AUROC', short: 'AUROC' },
  xTitle: 'false positive rate',
  yTitle: 'recall',
  chanceName: 'scores that tell nothing',
  handleLabel: 'Operating point on the ROC curve',
  hint: controlHints.roc,
  placeOf: ({ falsePositiveRate, recall }) => [falsePositiveRate, recall],
  words: ({ threshold, falsePositiveRate, recall }) =>
    `false positive rate ${falsePositiveRate.toFixed(3)}, recall ${recall.toFixed(3)}, from score ${formatFigure(threshold)} on`,
  data: rocData,
};

export const precisionRecallKind: CurveKind = {
  name: 'pr',
  title: 'Precision-recall curve',
  abbreviation: 'PR',
  metric: { name: 'average precision', short: 'AP' },
  xTitle: 'recall',
  yTitle: 'precision',
  chanceName: 'scores that tell nothing: the share of anomalous images',
  handleLabel: 'Operating point on the precision-recall curve',
  hint: controlHints.precisionRecall,
  placeOf: ({ recall, precision }) => [recall, precision],
  words: ({ threshold, recall, precision }) =>
    `recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}, from score ${formatFigure(threshold)} on`,
  data: precisionRecallData,
};
