import { describe, expect, it } from 'vitest';
import { queueCells, queueOption } from './queue-option.ts';
import { type QueueRow, queueCsv, queueMarkdown, type TableMetrics } from './queue-table.ts';

const metrics = (imageAuroc: number | null, change: Partial<TableMetrics> = {}): TableMetrics => ({
  imageAuroc,
  imageAurocInterval95: imageAuroc === null ? null : [imageAuroc - 0.1, imageAuroc + 0.1],
  averagePrecision: 0.5,
  pixelAuroc: null,
  auPro: null,
  baselines: [
    { name: 'brightness', imageAuroc: 0.4 },
    { name: 'variation-model', imageAuroc: 0.75 },
  ],
  toVariationModel: 0.125,
  toVariationModelInterval95: [-0.25, 0.5],
  ...change,
});

const queue = queueOption(['loss=l2,wfdl', 'seed=0,1'], {})!;
const cells = queueCells(queue, ['bottle']);
const rows = (found: readonly (TableMetrics | undefined)[]): QueueRow[] =>
  found.map((one, place) => ({
    cell: cells[place]!,
    metrics: one,
    problem: one ? undefined : 'The device was lost.',
  }));

describe('the table of a queue', () => {
  it('has a line for each run in CSV, with empty fields for undefined metrics and the reason of a failure', () => {
    const lines = queueCsv(queue, rows([metrics(0.875), undefined])).split('\r\n');
    expect(lines).toEqual([
      'category,loss,seed,image_auroc,image_auroc_low,image_auroc_high,average_precision,pixel_auroc,au_pro,' +
        'variation_model_auroc,to_variation_model,to_variation_model_low,to_variation_model_high,problem',
      'bottle,l2,0,0.875,0.775,0.975,0.5,,,0.75,0.125,-0.25,0.5,',
      'bottle,l2,1,,,,,,,,,,,The device was lost.',
      '',
    ]);
  });

  it('gives the mean and the standard deviation over the seeds, beside the variation model', () => {
    // The deviation of two values is their distance over the root of two: 0.2 / 1.41421 = 0.141.
    const table = queueMarkdown(queue, rows([metrics(0.7), metrics(0.9), metrics(0.6), undefined]));
    expect(table.split('\n')).toEqual([
      '| category | loss l2 | loss wfdl | variation model |',
      '|---|---|---|---|',
      '| bottle | 0.800 ± 0.141 | 0.600, 1 failed | 0.750 |',
      '',
    ]);
  });

  it('says that an AUROC is undefined, and shows the range of the variation model', () => {
    const other = metrics(null, { baselines: [{ name: 'variation-model', imageAuroc: 0.5 }] });
    expect(queueMarkdown(queue, rows([other, other, metrics(0.6)]))).toContain(
      '| bottle | undefined | 0.600 | 0.500 to 0.750 |',
    );
  });
});
