import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatFigure, formatPercent } from '../format.ts';
import { lossCurves, smooth, stepsPerEpochOf } from './loss-series.ts';
import { countAxis, linearAxis, logAxis } from './ticks.ts';

const steps = (losses: readonly number[]) => losses.map((loss, i) => ({ step: i + 1, epoch: 1, loss }));

describe('smoothing', () => {
  it('leaves the values alone at 0, and a constant at any strength', () => {
    expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
    for (const value of smooth([4, 4, 4], 0.9)) expect(value).toBeCloseTo(4, 12);
  });

  it('weighs the past by powers of its strength', () => {
    // (0.5 * 1 + 0.25 * 0 ... ) of 1, 0: newest 0 weighs 0.5, the one before 0.25; divided by 0.75.
    expect(smooth([1, 0], 0.5)[1]).toBeCloseTo(0.25 / 0.75, 12);
  });
});

describe('the curves of a loss', () => {
  it('have a point for every step, as it is and smoothed, divided by the base', () => {
    // Smoothed at 1/2: 4, then (4 / 4 + 2 / 2) / (3 / 4) = 8 / 3.
    const { raw, smoothed } = lossCurves(steps([4, 2]), 0.5, 2, 1);
    expect(raw).toEqual([
      { x: 1, y: 2 },
      { x: 2, y: 1 },
    ]);
    expect(smoothed.map(({ x }) => x)).toEqual([1, 2]);
    expect(smoothed[0].y).toBeCloseTo(2, 12);
    expect(smoothed[1].y).toBeCloseTo(4 / 3, 12);
  });

  it('lie over epochs where asked', () => {
    expect(lossCurves(steps([1, 1, 1, 1]), 0, 1, 8).raw.map(({ x }) => x)).toEqual([0.125, 0.25, 0.375, 0.5]);
  });

  it('know the length of an epoch from the second on', () => {
    const ofEpochs = (epochs: readonly number[]) =>
      epochs.map((epoch, i) => ({ step: i + 1, epoch, loss: 1 }));
    expect(stepsPerEpochOf([])).toBeUndefined();
    expect(stepsPerEpochOf(ofEpochs([1, 1, 1]))).toBeUndefined();
    expect(stepsPerEpochOf(ofEpochs([1, 1, 1, 2]))).toBe(3);
    expect(stepsPerEpochOf(ofEpochs([1, 1, 2, 2, 3]))).toBe(2);
  });
});

describe('a logarithmic axis', () => {
  it('has whole decades where there are enough', () => {
    expect(logAxis([0.001, 1]).ticks).toEqual([0.001, 0.01, 0.1, 1]);
  });

  it('has finer ticks within a decade', () => {
    expect(logAxis([10, 32]).ticks).toEqual([10, 15, 20, 30]);
  });

  it('has even ticks where the range is narrow', () => {
    expect(logAxis([23, 32]).ticks).toEqual([22, 24, 26, 28, 30, 32]);
    expect(logAxis([23, 23.1]).ticks).toEqual([22, 22.5, 23, 23.5, 24]);
  });

  it('holds all values and stays short', () => {
    const { domain, ticks } = logAxis([1e-9, 3, 0, Number.NaN]);
    expect(domain[0]).toBeLessThan(1e-9);
    expect(domain[1]).toBeGreaterThan(3);
    expect(ticks.length).toBeLessThanOrEqual(6);
  });

  it('has a range even for one value or none', () => {
    expect(logAxis([]).domain).toEqual([0.1, 1]);
    const { domain } = logAxis([5]);
    expect(domain[0]).toBeLessThan(5);
    expect(domain[1]).toBeGreaterThan(5);
  });
});

describe('a linear axis', () => {
  it('holds all values with a margin, but leaves no range', () => {
    // 6 % of 0.5.
    const { domain, ticks } = linearAxis([0.5, 1, Number.NaN], [0, 1]);
    expect(domain[0]).toBeCloseTo(0.47, 12);
    expect(domain[1]).toBe(1);
    expect(ticks).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });

  it('has a range for one value, for zero and for none', () => {
    for (const values of [[0.7], [0], []]) {
      const { domain, ticks } = linearAxis(values, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
      expect(domain[0]).toBeLessThan(domain[1]);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('of counts has whole ticks, and round ones', () => {
    expect(countAxis(0, 640).ticks).toEqual([0, 100, 200, 300, 400, 500, 600]);
    expect(countAxis(0, 2).ticks).toEqual([0, 1, 2]);
    expect(countAxis(0, 0).domain).toEqual([0, 1]);
    expect(countAxis(0, undefined).domain).toEqual([0, 10]);
    expect(countAxis(0, 1, false).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });
});

describe('figures', () => {
  it('keep three digits', () => {
    expect([0, 1234.5, 41.23, 0.0012345, 1.234e-7, 2.5e7].map((value) => formatFigure(value))).toEqual([
      '0',
      '1235',
      '41.2',
      '0.00123',
      '1.23e-7',
      '2.50e7',
    ]);
  });

  it('say what is not finite', () => {
    expect(formatFigure(Number.NaN)).toBe('NaN');
  });

  it('put durations, bytes, shares and counts in words', () => {
    expect([8_400, 64_000, 7_500_000].map(formatDuration)).toEqual(['8 s', '1 min 04 s', '2 h 05 min']);
    expect([84e6, 1.24e9, 900].map(formatBytes)).toEqual(['84 MB', '1.2 GB', '1 kB']);
    expect(formatPercent(0.924)).toBe('92 %');
    expect([formatCount(1, 'file'), formatCount(3, 'category', 'categories')]).toEqual([
      '1 file',
      '3 categories',
    ]);
  });
});
