import { describe, expect, it, vi } from 'vitest';
import { StepHistory } from '#core/step-history.ts';
import { mostGrowingPoints } from '../../plot/growing-curve.ts';
import { lossAxis } from './loss-axis.ts';
import { lossData } from './loss-data.ts';
import { inUnits, lossCurves, Smoother } from './loss-series.ts';

const steps = (losses: readonly number[]) =>
  StepHistory.of(losses.map((loss, i) => ({ step: i + 1, epoch: 1, loss })));

const smooth = (values: readonly number[], smoothing: number): number[] => {
  const smoother = new Smoother(smoothing);
  return values.map((value) => smoother.next(value));
};

describe('smoothing', () => {
  it('does not change values at strength 0, nor a constant at any strength', () => {
    expect(smooth([3, 1, 2], 0)).toEqual([3, 1, 2]);
    for (const value of smooth([4, 4, 4], 0.9)) expect(value).toBeCloseTo(4, 12);
  });

  it('weights the past by powers of its strength', () => {
    // (0.5 * 1 + 0.25 * 0 ... ) of 1, 0: newest 0 weighs 0.5, the one before 0.25; divided by 0.75.
    expect(smooth([1, 0], 0.5)[1]).toBeCloseTo(0.25 / 0.75, 12);
  });
});

describe('the curves of a loss', () => {
  it('have a point for every step, raw and smoothed, divided by the base', () => {
    // Smoothed at 1/2: 4, then (4 / 4 + 2 / 2) / (3 / 4) = 8 / 3.
    const curves = lossCurves(steps([4, 2]), 0.5, 'linear');
    const raw = inUnits(curves.raw, 1, 2).points;
    const smoothed = inUnits(curves.smoothed, 1, 2).points;
    expect(raw).toEqual([
      { x: 1, y: 2 },
      { x: 2, y: 1 },
    ]);
    expect(smoothed.map(({ x }) => x)).toEqual([1, 2]);
    expect(smoothed[0].y).toBeCloseTo(2, 12);
    expect(smoothed[1].y).toBeCloseTo(4 / 3, 12);
  });

  it('can run over epochs', () => {
    const { raw } = lossCurves(steps([1, 1, 1, 1]), 0, 'log');
    expect(inUnits(raw, 8, 1).points.map(({ x }) => x)).toEqual([0.125, 0.25, 0.375, 0.5]);
    expect(inUnits(raw, 8, 1).at(0.3)).toEqual({ x: 0.25, y: 1 });
  });
});

describe('the table of the losses', () => {
  it('has every step of every run, undivided, beside the smoothed losses', () => {
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
  const style = { color: 'red', dash: 'none' };
  const curve = (key: string, values: readonly number[], faint = false) => ({
    ...{ key, name: key, style, faint },
    points: values.map((y, i) => ({ x: i + 1, y })),
    leftOut: values.filter((y) => y <= 0).length,
  });
  const curves = [curve('raw', [8, 0, -1], true), curve('kept', [4, 0]), curve('present', [8, 4, 2.3])];

  it('counts losses without a logarithm once: raw ones, not smoothed ones of the same run', () => {
    const { axis, leftOut } = lossAxis(curves, 'log');
    expect(leftOut).toBe(3);
    // The positive losses, 2.3 to 8, with 4 % of their ratio beside.
    const margin = (8 / 2.3) ** 0.04;
    expect(axis.domain).toEqual([expect.closeTo(2.3 / margin, 12), expect.closeTo(8 * margin, 12)]);
    expect(lossAxis([curve('present', [1, 0])], 'log').leftOut).toBe(1);
  });

  it('begins at 0 if it is linear and no loss is below, and leaves nothing out', () => {
    expect(lossAxis(curves.slice(1), 'linear')).toMatchObject({ leftOut: 0, axis: { domain: [0, 8.48] } });
    expect(lossAxis(curves, 'linear').axis.domain[0]).toBeLessThan(-1);
  });
});

describe('a redraw of the loss', () => {
  const burst = 100;
  const noisy = (from: number) =>
    Array.from({ length: burst }, (_, i) => {
      const step = from + i;
      return { step, epoch: 1 + Math.floor(step / 1000), loss: 1 / step + ((step * 7919) % 101) / 1e4 };
    });
  const runOf = (length: number): StepHistory => {
    let history = StepHistory.empty;
    for (let step = 1; step <= length; step += burst) history = history.append(noisy(step));
    return history;
  };

  it('hands the chart no more points at 200,000 steps than at 2,000', () => {
    const pointsAt = (length: number): number => {
      const { raw, smoothed } = lossCurves(runOf(length), 0.6, 'log');
      return inUnits(raw, 1, 1).points.length + inUnits(smoothed, 1, 1).points.length;
    };
    expect(pointsAt(2000)).toBe(4000);
    expect(pointsAt(200_000)).toBeLessThanOrEqual(4000);
    expect(4000).toBeLessThanOrEqual(2 * mostGrowingPoints);
  });

  it('reads the new steps only, and builds no record of a step', () => {
    const before = runOf(200_000);
    lossCurves(before, 0.6, 'log');
    const records = vi.spyOn(StepHistory.prototype, 'at');
    const smoothed = vi.spyOn(Smoother.prototype, 'next');
    const { raw } = lossCurves(before.append(noisy(200_001)), 0.6, 'log');
    expect(smoothed).toHaveBeenCalledTimes(burst);
    expect(inUnits(raw, 1, 1).points.at(-1)?.x).toBe(200_100);
    expect(records).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
