/** The two operating curves: their axes and their words. */
import type { ChartData } from '../plot/frame/chart-data.ts';
import type { Place } from '../plot/plot-area.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { formatFigure } from '../ui/format.ts';
import type { HintContent } from '../ui/Hint.tsx';
import { curveData } from './decision-data.ts';
import { type OperatingPoint, type Rate, rateNames } from './operating-curve.ts';

export interface CurveKind {
  readonly name: 'roc' | 'pr';
  /** Title of the exported figure, and the beginning of the title on the page. */
  readonly title: string;
  readonly abbreviation: string;
  /** The metric that sums up the curve. */
  readonly metric: { readonly name: string; readonly short: string };
  readonly xTitle: string;
  readonly yTitle: string;
  /** Name of the dashed line. */
  readonly chanceName: string;
  readonly handleLabel: string;
  readonly hint: HintContent;
  readonly placeOf: (point: OperatingPoint) => Place;
  readonly words: (point: OperatingPoint) => string;
  readonly data: (points: readonly OperatingPoint[]) => ChartData;
}

type OwnWords = Omit<CurveKind, 'xTitle' | 'yTitle' | 'placeOf' | 'words' | 'data'>;

const kindOf = (x: Rate, y: Rate, own: OwnWords): CurveKind => ({
  ...own,
  xTitle: rateNames[x],
  yTitle: rateNames[y],
  placeOf: (point) => [point[x], point[y]],
  words: (point) =>
    `${[x, y].map((rate) => `${rateNames[rate]} ${point[rate].toFixed(3)}`).join(', ')}, at score ${formatFigure(point.threshold)}`,
  data: (points) => curveData(points, [x, y]),
});

export const rocKind = kindOf('falsePositiveRate', 'recall', {
  name: 'roc',
  title: 'ROC curve',
  abbreviation: 'ROC',
  metric: { name: 'AUROC', short: 'AUROC' },
  chanceName: 'random scores',
  handleLabel: 'Operating point on the ROC curve',
  hint: controlHints.roc,
});

export const precisionRecallKind = kindOf('recall', 'precision', {
  name: 'pr',
  title: 'Precision-recall curve',
  abbreviation: 'PR',
  metric: { name: 'average precision', short: 'AP' },
  chanceName: 'random scores: the fraction of anomalous images',
  handleLabel: 'Operating point on the precision-recall curve',
  hint: controlHints.precisionRecall,
});
