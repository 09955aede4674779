import { describe, expect, it } from 'vitest';
import { aggregateTable } from './aggregate.ts';
import { entryOf, failed, measured, unmeasurable } from './testing/queue-entries.ts';

const cellOf = (entries: Parameters<typeof aggregateTable>[0], loss = 'l2') =>
  aggregateTable(entries).rows[0].cells.find((cell) => cell.loss === loss);

describe('a cell', () => {
  it('of one seed has the bootstrap interval of its run, and the difference from the paper', () => {
    const cell = cellOf([entryOf('bottle', 'l2', measured(0.85))]);
    expect(cell).toMatchObject({ status: 'complete', mean: 0.85, paper: 0.8 });
    expect(cell?.interval).toEqual({ kind: 'bootstrap', lower: 0.85 - 0.05, upper: 0.85 + 0.05 });
    expect(cell?.difference).toBeCloseTo(0.05, 12);
  });

  it('of several seeds has their mean and their range', () => {
    const values = [0.9, 0.7, 0.8];
    const cell = cellOf(values.map((value, seed) => entryOf('bottle', 'l2', measured(value), seed)));
    expect(cell?.mean).toBeCloseTo(0.8, 12);
    expect(cell?.interval).toEqual({ kind: 'range', lower: 0.7, upper: 0.9 });
  });

  it('shows its finished seeds while others wait', () => {
    const cell = cellOf([
      entryOf('bottle', 'l2', measured(0.9), 0),
      entryOf('bottle', 'l2', { state: 'running' }, 1),
    ]);
    expect(cell).toMatchObject({
      status: 'running',
      mean: 0.9,
      seedsMeasured: 1,
      seedsPlanned: 2,
      best: false,
    });
  });

  it('has a reason and no value if AUROC is undefined', () => {
    const reason = 'All images are normal: AUROC needs anomalous ones too.';
    const cell = cellOf([entryOf('bottle', 'l2', unmeasurable(reason))]);
    expect(cell).toMatchObject({ status: 'incomplete', reasons: [reason] });
    expect(cell?.mean).toBeUndefined();
    expect(cell?.difference).toBeUndefined();
  });

  it('names the failed seed, and shows the mean of the others', () => {
    const cell = cellOf([
      entryOf('bottle', 'l2', measured(0.9), 0),
      entryOf('bottle', 'l2', failed('The loss became NaN at step 3.'), 1),
    ]);
    expect(cell).toMatchObject({
      status: 'incomplete',
      mean: 0.9,
      reasons: ['Seed 1: The loss became NaN at step 3.'],
    });
  });

  it('has a reason if it has no interval', () => {
    const interval = { defined: false, reason: 'There is one normal image only.' } as const;
    const cell = cellOf([entryOf('bottle', 'l2', measured(0.9, { interval }))]);
    expect(cell?.interval).toBeUndefined();
    expect(cell?.reasons).toEqual(['No interval: There is one normal image only.']);
  });
});

describe('the best of a row', () => {
  const bestOf = (l2: number, wfdl: number) =>
    aggregateTable([
      entryOf('bottle', 'l2', measured(l2)),
      entryOf('bottle', 'wfdl', measured(wfdl)),
    ]).rows[0].cells.map(({ best }) => best);

  it('is the highest', () => {
    expect(bestOf(0.8, 0.9)).toEqual([false, true]);
  });

  it('is both if they are equal to three decimals', () => {
    expect(bestOf(0.8001, 0.8004)).toEqual([true, true]);
    expect(bestOf(0.8004, 0.8006)).toEqual([false, true]);
  });

  it('is undefined for a single value', () => {
    const { rows } = aggregateTable([entryOf('bottle', 'l2', measured(0.9)), entryOf('bottle', 'wfdl')]);
    expect(rows[0].cells.map(({ best }) => best)).toEqual([false, false]);
  });

  it('is also that of the paper, among the losses of the table', () => {
    const { rows } = aggregateTable([entryOf('cable', 'l2'), entryOf('cable', 'ssim')]);
    expect(rows[0].cells.map(({ loss, paperBest }) => [loss, paperBest])).toEqual([
      ['ssim', true],
      ['l2', false],
    ]);
  });
});

describe('the means', () => {
  it('include only complete rows, also for the paper', () => {
    const table = aggregateTable([
      entryOf('bottle', 'l2', measured(0.9)),
      entryOf('bottle', 'wfdl', measured(0.8)),
      entryOf('pill', 'l2', measured(0.7)),
      entryOf('pill', 'wfdl', measured(0.6)),
      entryOf('wood', 'l2', measured(0.1)),
      entryOf('wood', 'wfdl', failed('No.')),
    ]);
    expect(table).toMatchObject({ completeRows: 2, completePaperRows: 2 });
    const [l2, wfdl] = table.means;
    expect(l2.mean).toBeCloseTo(0.8, 12);
    // Bottle 0.80 and pill 0.62.
    expect(l2.paper).toBeCloseTo(0.71, 12);
    expect(l2.difference).toBeCloseTo(0.09, 12);
    expect(wfdl.mean).toBeCloseTo(0.7, 12);
    // Bottle 0.94 and pill 0.81.
    expect(wfdl.paper).toBeCloseTo(0.875, 12);
    expect([l2.best, wfdl.best]).toEqual([true, false]);
  });

  it('include only categories of the paper in the difference', () => {
    const { means, completeRows, completePaperRows } = aggregateTable([
      entryOf('bottle', 'l2', measured(0.9)),
      entryOf('candle', 'l2', measured(0.5)),
    ]);
    expect([completeRows, completePaperRows]).toEqual([2, 1]);
    expect(means[0].mean).toBeCloseTo(0.7, 12);
    expect(means[0].paper).toBeCloseTo(0.8, 12);
    expect(means[0].difference).toBeCloseTo(0.1, 12);
  });

  it('are undefined before a row is complete', () => {
    const { means, completeRows } = aggregateTable([entryOf('bottle', 'l2')]);
    expect(completeRows).toBe(0);
    expect(means[0].mean).toBeUndefined();
    expect(means[0].paper).toBeUndefined();
  });
});

describe('the rows', () => {
  it('are in the paper’s order, followed by others', () => {
    const { rows } = aggregateTable(['candle', 'zipper', 'bottle'].map((name) => entryOf(name, 'l2')));
    expect(rows.map(({ category }) => category)).toEqual(['bottle', 'zipper', 'candle']);
  });

  it('mark cells that were not planned', () => {
    const { rows } = aggregateTable([entryOf('bottle', 'l2'), entryOf('pill', 'wfdl')]);
    expect(rows[0].cells.map(({ loss, status }) => [loss, status])).toEqual([
      ['l2', 'waiting'],
      ['wfdl', 'not-planned'],
    ]);
    expect(rows[0].complete).toBe(false);
  });
});
