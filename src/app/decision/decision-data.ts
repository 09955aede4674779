/** The values behind the charts of the decision, for their tables and files. */
import type { ChartColumn, ChartData } from '../plot/frame/chart-data.ts';
import type { ScoreBin } from '../plot/score-bins.ts';
import { formatFigure } from '../ui/format.ts';
import { type OperatingPoint, type Rate, rateNames } from './operating-curve.ts';

const formatScore = (score: number): string => (Number.isFinite(score) ? formatFigure(score, 4) : '∞');
const formatRate = (rate: number): string => rate.toFixed(4);

/** A row for each bin, including empty ones. */
export const histogramData = (bins: readonly ScoreBin[]): ChartData => ({
  columns: [
    { key: 'lower', label: 'bin lower', format: formatScore },
    { key: 'upper', label: 'bin upper', format: formatScore },
    { key: 'good', label: 'good', unit: 'images' },
    { key: 'anomalous', label: 'anomalous', unit: 'images' },
  ],
  rows: bins.map(({ lower, upper, good, anomalous }) => ({ lower, upper, good, anomalous })),
});

const thresholdColumn: ChartColumn = { key: 'threshold', label: 'threshold', format: formatScore };

/** The first point lies above all scores: infinity on any axis. */
const thresholdAt = ({ threshold }: OperatingPoint, index: number): number =>
  index === 0 ? Number.POSITIVE_INFINITY : threshold;

/** A row for each operating point with its two rates, from no image flagged to all. */
export const curveData = (points: readonly OperatingPoint[], rates: readonly [Rate, Rate]): ChartData => ({
  columns: [
    thresholdColumn,
    ...rates.map((rate) => ({ key: rate, label: rateNames[rate], format: formatRate })),
  ],
  rows: points.map((point, index) => ({
    threshold: thresholdAt(point, index),
    ...Object.fromEntries(rates.map((rate) => [rate, point[rate]])),
  })),
});
