import { expect, it } from 'vitest';
import { dataFactsOf } from '../paper-differences/find-data-facts.ts';
import { aggregateTable } from './aggregate.ts';
import { runsInWords, tableDifferences } from './table-differences.ts';
import { entryOf, measured, testBase } from './testing/queue-entries.ts';

const side = 'Side 64 px instead of 256 px.';
const dc = 'DC weight 1 instead of 0 (Eq. 7): mean brightness is trained.';
const base = { ...testBase, bandLow: 0, dcWeight: 1 };
const done = (category: string, microBatch = 64) =>
  measured(0.8, { data: dataFactsOf(category, [], 0), microBatch });
const entry = (category: string, loss: 'l2' | 'wfdl', outcome = done(category)) => {
  const planned = entryOf(category, loss, outcome);
  return { ...planned, config: { ...base, loss } };
};

it('each difference appears once, for all runs that have it', () => {
  const table = aggregateTable([
    entry('bolt', 'l2'),
    entry('bolt', 'wfdl'),
    entry('nut', 'l2', { state: 'waiting' }),
    entry('nut', 'wfdl'),
  ]);
  const unknownName = (name: string) =>
    `“${name}” is not a category of MVTec AD: the paper has no figure for it.`;
  expect(tableDifferences(table)).toEqual({
    shared: [side],
    own: [
      { category: undefined, loss: 'wfdl', differences: [dc] },
      { category: 'bolt', loss: undefined, differences: [unknownName('bolt')] },
      // The category's other run has not recorded its images yet.
      { category: 'nut', loss: 'wfdl', differences: [unknownName('nut')] },
    ],
  });
});

it('the runs are named by category, loss or both', () => {
  const labels = { l2: 'L2' } as Parameters<typeof runsInWords>[1];
  const differences = [side];
  expect([
    runsInWords({ category: 'nut', loss: 'l2', differences }, labels),
    runsInWords({ category: 'nut', loss: undefined, differences }, labels),
    runsInWords({ category: undefined, loss: 'l2', differences }, labels),
  ]).toEqual(['nut, L2', 'nut', 'L2']);
});
