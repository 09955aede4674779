/** The baselines as CSV: the figures of each, with the score of the references. */
import type { ScoredBaseline, StatisticEvaluation } from '#core/baselines/baseline-evaluation.ts';
import type { ReferenceEvaluation } from '#core/baselines/reference-evaluation.ts';
import { type CsvValue, toCsv } from '#core/csv.ts';

export const baselinesHeader = [
  ...['baseline', 'auroc', 'auroc_lower_95', 'auroc_upper_95'],
  ...['deviation_auroc', 'deviation_auroc_lower_95', 'deviation_auroc_upper_95'],
  ...['score', 'residual', 'calibration_pooling', 'calibration_bands', 'band_low', 'band_high'],
] as const;

const aurocCells = ({ imageAuroc, interval }: Omit<ScoredBaseline, 'scores'>): readonly CsvValue[] => [
  imageAuroc.defined ? imageAuroc.value : undefined,
  ...(interval.defined ? [interval.lower, interval.upper] : [undefined, undefined]),
];

const empty = (count: number): readonly undefined[] => Array.from({ length: count }, () => undefined);

/** One line for each baseline; undefined values are empty. */
export const baselinesCsv = (
  statistics: readonly StatisticEvaluation[],
  references: readonly ReferenceEvaluation[],
): string =>
  toCsv(baselinesHeader, [
    ...statistics.map(({ name, deviation, ...scored }) => [
      name,
      ...aurocCells(scored),
      ...(deviation.defined ? aurocCells(deviation) : empty(3)),
      ...empty(6),
    ]),
    ...references.map(({ name, settings, ...scored }) => [
      name,
      ...aurocCells(scored),
      ...empty(3),
      settings.score,
      settings.residual,
      // A raw residual has no calibration.
      ...(settings.residual === 'calibrated'
        ? [settings.calibrationPooling, settings.calibrationBands]
        : empty(2)),
      settings.bandLow,
      settings.bandHigh,
    ]),
  ]);
