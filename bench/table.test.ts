import { describe, expect, it } from 'vitest';
import { benchRow, failedRow } from './bench-row.ts';
import { tableHead, tableLine } from './table.ts';

const peaks = { gflops: 40, gbs: 2 };

describe('benchRow', () => {
  it('computes the ratio and the shares, and has every key', () => {
    const row = benchRow({ id: 'a', medianMs: 5, baselineMs: 20, gflops: 10, gbs: 1 }, peaks);
    expect(row).toEqual({
      id: 'a',
      baseline: null,
      ratio: 4,
      medianMs: 5,
      baselineMs: 20,
      gflops: 10,
      gbs: 1,
      // The row has GFLOP/s, so its peak is that of multiply-adds.
      peakShare: 0.25,
      fmaShare: 0.25,
      copyShare: 0.5,
      error: null,
    });
    expect(Object.keys(JSON.parse(JSON.stringify(benchRow({ id: 'b' }, {}))))).toEqual(Object.keys(row));
  });

  it('uses the share of the copy peak if there are no operations', () => {
    expect(benchRow({ id: 'a', gbs: 1 }, peaks).peakShare).toBe(0.5);
  });

  it('uses a given ratio', () => {
    expect(benchRow({ id: 'a', medianMs: 1, baselineMs: 2, ratio: 0.5 }, {}).ratio).toBe(0.5);
  });

  it('has no shares of another device', () => {
    expect(benchRow({ id: 'a', gflops: 10 }, {}).peakShare).toBeNull();
  });
});

describe('tableLine', () => {
  it('aligns its values with the heads', () => {
    const head = tableHead();
    const row = tableLine(benchRow({ id: 'conv-forward', medianMs: 5, baselineMs: 20, gflops: 10 }, peaks));
    expect(row.slice(0, head.indexOf('ms') + 2)).toMatch(/^conv-forward +5\.00$/);
    expect(row.slice(0, head.indexOf('of FMA') + 6)).toMatch(/ 4\.00 +10\.0 +25\.0 %$/);
  });

  it('shows why a row failed', () => {
    expect(tableLine(failedRow('wasm-step', 'no kernel'))).toMatch(/^wasm-step +failed: no kernel$/);
  });
});
