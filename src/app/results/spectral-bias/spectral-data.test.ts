import { describe, expect, it } from 'vitest';
import { thinned } from '../../plot/decimate.ts';
import { mapData } from '../../shared/spectrum/spectral-map.ts';
import { bandData } from './band-series.ts';

describe('the tables of the residual by radius', () => {
  it('have a row per epoch and a column per radius, and no value if the images have no power', () => {
    const records = [
      { epoch: 1, step: 4, power: Float32Array.of(2, 4), inputPower: Float32Array.of(4, 0) },
      { epoch: 3, step: 12, power: Float32Array.of(1, 2), inputPower: Float32Array.of(4, 0) },
    ];
    const { columns, rows } = mapData(records, 'relative');
    expect(columns.map(({ label }) => label)).toEqual(['epoch', 'step', 'radius 0', 'radius 1']);
    expect(rows.map((row) => columns.map(({ key }) => row[key]))).toEqual([
      [1, 4, 0.5, Number.NaN],
      [3, 12, 0.25, Number.NaN],
    ]);
    expect(mapData(records, 'absolute').rows[0]).toMatchObject({ '0': 2, '1': 4 });
    expect(mapData([], 'absolute').rows).toEqual([]);
  });

  it('hold two runs by epoch, each in its own columns', () => {
    const { columns, rows } = bandData(
      [
        { name: 'L2', points: [{ epoch: 2, errors: [1, undefined] }] },
        { name: 'WFDL', points: [{ epoch: 1, errors: [3, 4] }] },
      ],
      ['0', '1–3'],
    );
    expect(columns.map(({ label }) => label)).toEqual([
      ...['epoch', 'radius 0, L2', 'radius 1–3, L2', 'radius 0, WFDL', 'radius 1–3, WFDL'],
    ]);
    expect(rows.map((row) => columns.map(({ key }) => row[key]))).toEqual([
      [1, undefined, undefined, 3, 4],
      [2, 1, undefined, undefined, undefined],
    ]);
  });
});

describe('a drawn curve', () => {
  const points = Array.from({ length: 4000 }, (_, x) => ({ x, y: 1 + (x % 7) }));
  const curve = { key: 'a', name: 'a', style: { color: 'red', dash: 'none' }, points };

  it('is thinned to its width once, and again for another width', () => {
    const first = thinned(curve, 230, 'log');
    // 230 is rounded up to 240: a point every other pixel.
    expect(first.points).toHaveLength(120);
    expect(thinned({ ...curve }, 225, 'log').points).toBe(first.points);
    expect(thinned(curve, 600, 'log').points).toHaveLength(300);
  });

  it('keeps the least and the greatest if it is faint', () => {
    const faint = thinned({ ...curve, points: [...points], faint: true }, 240, 'linear');
    // Each of 120 buckets holds 33 points, thus all seven values.
    expect(new Set(faint.points.slice(1, -1).map(({ y }) => y))).toEqual(new Set([1, 7]));
  });
});
