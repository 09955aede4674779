/** The table of a queue: `table.csv` with a line for each run, and `table.md` with the mean over the seeds. */
import * as v from 'valibot';
import { toCsv } from '#core/csv.ts';
import type { QueueCell, QueueOption } from './queue-option.ts';

const metric = v.nullable(v.number());
const interval = v.optional(v.nullable(v.tuple([v.number(), v.number()])));

/** The part of `metrics.json` that the table shows. */
export const tableMetricsSchema = v.object({
  imageAuroc: metric,
  imageAurocInterval95: interval,
  averagePrecision: metric,
  pixelAuroc: metric,
  auPro: metric,
  baselines: v.optional(v.array(v.object({ name: v.string(), imageAuroc: metric })), []),
  toVariationModel: v.optional(metric),
  toVariationModelInterval95: interval,
});

export type TableMetrics = v.InferOutput<typeof tableMetricsSchema>;

/** A run of the queue and its end. */
export interface QueueRow {
  readonly cell: QueueCell;
  /** Undefined if the run failed. */
  readonly metrics: TableMetrics | undefined;
  /** Why it failed. */
  readonly problem?: string | undefined;
}

const variationModel = ({ baselines }: TableMetrics): number | undefined =>
  baselines.find(({ name }) => name === 'variation-model')?.imageAuroc ?? undefined;

/** Numbers keep all digits; an undefined metric is an empty field. */
export const queueCsv = ({ axes }: QueueOption, rows: readonly QueueRow[]): string =>
  toCsv(
    [
      'category',
      ...axes.map(({ flag }) => flag.replaceAll('-', '_')),
      ...['image_auroc', 'image_auroc_low', 'image_auroc_high', 'average_precision', 'pixel_auroc', 'au_pro'],
      ...['variation_model_auroc', 'to_variation_model', 'to_variation_model_low', 'to_variation_model_high'],
      'problem',
    ],
    rows.map(({ cell, metrics, problem }) => [
      cell.category ?? 'sample',
      ...cell.values,
      metrics?.imageAuroc ?? undefined,
      ...(metrics?.imageAurocInterval95 ?? [undefined, undefined]),
      metrics?.averagePrecision ?? undefined,
      metrics?.pixelAuroc ?? undefined,
      metrics?.auPro ?? undefined,
      metrics && variationModel(metrics),
      metrics?.toVariationModel ?? undefined,
      ...(metrics?.toVariationModelInterval95 ?? [undefined, undefined]),
      problem,
    ]),
  );

const meanText = (values: readonly number[]): string => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return mean.toFixed(3);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${mean.toFixed(3)} ± ${Math.sqrt(squares / (values.length - 1)).toFixed(3)}`;
};

const inCell = (text: string): string => text.replaceAll('|', '\\|');

/**
 * Image AUROC by category and setting: with several seeds, their mean ± standard deviation. The variation model stands beside
 * them; it depends on the score, so a line shows its range over the runs of the line.
 */
export const queueMarkdown = ({ axes }: QueueOption, rows: readonly QueueRow[]): string => {
  const seedAt = axes.findIndex(({ flag }) => flag === 'seed');
  const columnOf = ({ values }: QueueCell): string =>
    values.flatMap((value, place) => (place === seedAt ? [] : `${axes[place]?.flag} ${value}`)).join(', ') ||
    'image AUROC';
  const columns = [...new Set(rows.map(({ cell }) => columnOf(cell)))];
  const categories = [...new Set(rows.map(({ cell }) => cell.category))];
  const lines = categories.map((category) => {
    const own = rows.filter(({ cell }) => cell.category === category);
    const cells = columns.map((column) => {
      const found = own.filter(({ cell }) => columnOf(cell) === column);
      const values = found.flatMap(({ metrics }) => metrics?.imageAuroc ?? []);
      const failed = found.filter(({ metrics }) => metrics === undefined).length;
      const failures = failed > 0 ? `${failed} failed` : '';
      if (values.length === 0) return failures || 'undefined';
      return [meanText(values), failures].filter((part) => part !== '').join(', ');
    });
    const beside = own.flatMap(({ metrics }) => (metrics && variationModel(metrics)) ?? []);
    const [least, most] = [Math.min(...beside).toFixed(3), Math.max(...beside).toFixed(3)];
    const range = beside.length === 0 ? 'undefined' : least === most ? least : `${least} to ${most}`;
    return `| ${inCell(category ?? 'sample')} | ${cells.join(' | ')} | ${range} |`;
  });
  return [
    `| category | ${columns.map(inCell).join(' | ')} | variation model |`,
    `|---${'|---'.repeat(columns.length + 1)}|`,
    ...lines,
    '',
  ].join('\n');
};
