/** The ways of scoring as a table for a terminal. */
import type { Metric } from '#core/history.ts';
import type { ScoreComparison } from '#core/scores/compare-scores.ts';

const figure = (metric: Metric): string => (metric.defined ? metric.value.toFixed(4) : '-');

const headings = ['batch norm', 'score', 'residual', 'low', 'AUROC', 'AP', 'pixel AUROC', 'AU-PRO'];

const residualOf = ({ residual, calibrationPooling, calibrationBands }: ScoreComparison): string =>
  residual === 'raw'
    ? 'raw'
    : `calibrated, pooling ${calibrationPooling}${calibrationBands === 'on' ? ', bands' : ''}`;

/** One line per way of scoring, below the headings. */
export const comparisonTable = (comparison: readonly ScoreComparison[]): string => {
  const rows = comparison.map((way) => [
    way.batchNorm,
    way.score,
    residualOf(way),
    String(way.bandLow),
    figure(way.imageAuroc),
    figure(way.averagePrecision),
    figure(way.pixelAuroc),
    figure(way.auPro),
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]!.length)),
  );
  return [headings, ...rows]
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
