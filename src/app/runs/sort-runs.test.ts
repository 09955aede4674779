/** The order of the table of runs. */
import { describe, expect, it } from 'vitest';
import type { Metric } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import { StepHistory } from '#core/step-history.ts';
import type { RetainedRun } from '#store/runs/retained-run.ts';
import { latestFirst, sortAfter, sortRuns } from './sort-runs.ts';

const entry = (name: string, createdAt: number, trainMs: number | undefined, auroc?: Metric) => {
  const evaluation = {
    epoch: 1,
    step: 1,
    scores: Float64Array.of(),
    residualScale: 1,
    residualDcShare: 0,
    elapsedMs: 1,
  };
  const run: RetainedRun = {
    id: name,
    name,
    note: '',
    createdAt,
    categoryName: 'bolt',
    config: presets.quickLook,
    history: {
      steps: StepHistory.empty,
      evaluations: auroc ? [{ ...presets.quickLook, ...evaluation, imageAuroc: auroc }] : [],
      spectra: [],
    },
    device: undefined,
    trainMs,
    summary: { parameterCount: 1, stepsPerEpoch: 1, microBatch: 1 },
  };
  return { run, measured: { evaluation: run.history.evaluations[0] } };
};

const entries = [
  entry('WFDL 10', 3, 500, { defined: true, value: 0.8 }),
  entry('WFDL 2', 2, undefined, { defined: true, value: 0.9 }),
  entry('l2', 1, 900, { defined: false, reason: 'one class' }),
];

const names = (sorted: readonly { readonly run: RetainedRun }[]) => sorted.map(({ run }) => run.name);

describe('sorting runs', () => {
  it('sorts names naturally: numbers by value, and ignoring case', () => {
    expect(names(sortRuns(entries, { key: 'name', direction: 'ascending' }))).toEqual([
      'l2',
      'WFDL 2',
      'WFDL 10',
    ]);
  });

  it('puts runs without a value last in both directions', () => {
    expect(names(sortRuns(entries, { key: 'auroc', direction: 'descending' }))).toEqual([
      'WFDL 2',
      'WFDL 10',
      'l2',
    ]);
    expect(names(sortRuns(entries, { key: 'auroc', direction: 'ascending' }))).toEqual([
      'WFDL 10',
      'WFDL 2',
      'l2',
    ]);
    expect(names(sortRuns(entries, { key: 'time', direction: 'descending' }))).toEqual([
      'l2',
      'WFDL 10',
      'WFDL 2',
    ]);
  });

  it('begins with figures from the largest and words from A, and turns round when asked again', () => {
    const byAuroc = sortAfter(latestFirst, 'auroc');
    expect(byAuroc).toEqual({ key: 'auroc', direction: 'descending' });
    expect(sortAfter(byAuroc, 'auroc').direction).toBe('ascending');
    expect(sortAfter(byAuroc, 'name')).toEqual({ key: 'name', direction: 'ascending' });
  });
});
