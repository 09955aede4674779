import { describe, expect, it } from 'vitest';
import { lossAxis } from './loss-axis.ts';
import { lossData } from './loss-data.ts';
import { lossCurves, smooth, stepsPerEpochOf } from './loss-series.ts';

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

describe('the table of the losses', () => {
  it('has every step of every run, undivided, with the smoothed losses beside', () => {
    const { columns, rows } = lossData(
      [
        { key: 'present', name: 'L2', steps: steps([4, 2]) },
        { key: 'kept', name: 'WFDL 1', steps: steps([30]) },
      ],
      0.5,
    );
    expect(columns.map(({ label }) => label)).toEqual([
      ...['step', 'epoch, L2', 'loss, L2', 'smoothed 0.5, L2'],
      ...['epoch, WFDL 1', 'loss, WFDL 1', 'smoothed 0.5, WFDL 1'],
    ]);
    expect(rows.map((row) => columns.slice(0, 3).map(({ key }) => row[key]))).toEqual([
      [1, 1, 4],
      [2, 1, 2],
    ]);
    expect(rows[1]?.['kept loss']).toBeUndefined();
    // (4 / 4 + 2 / 2) / (3 / 4)
    expect(rows[1]?.['present smoothed']).toBeCloseTo(8 / 3, 12);
  });
});

describe('the axis of the loss', () => {
  const style = { colour: 'red', dash: 'none' };
  const curve = (key: string, values: readonly number[], faint = false) => ({
    ...{ key, name: key, style, faint },
    points: values.map((y, i) => ({ x: i + 1, y })),
  });
  const curves = [curve('raw', [8, 0, -1], true), curve('kept', [4, 0]), curve('present', [8, 4, 2.3])];

  it('counts what a logarithm has no place for once: raw losses, not smoothed ones of the same run', () => {
    const { axis, leftOut } = lossAxis(curves, 'log');
    expect(leftOut).toBe(3);
    expect(axis.domain[0]).toBeGreaterThan(0);
    expect(lossAxis([curve('present', [1, 0])], 'log').leftOut).toBe(1);
  });

  it('begins at 0 where it is linear and no loss is below, and leaves nothing out', () => {
    expect(lossAxis(curves.slice(1), 'linear')).toMatchObject({ leftOut: 0, axis: { domain: [0, 8.48] } });
    expect(lossAxis(curves, 'linear').axis.domain[0]).toBeLessThan(-1);
  });
});
