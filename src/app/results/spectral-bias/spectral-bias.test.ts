import { describe, expect, it } from 'vitest';
import type { SpectrumRecord } from '#core/history.ts';
import { radiusCount } from '#core/spectrum/radial-power.ts';
import type { ColorTable } from '../../image/color-map.ts';
import { bandName, bandRows, bandSeries } from './band-series.ts';
import {
  domainOf,
  epochAt,
  heightOfRadius,
  logRangeOf,
  mapColumns,
  paintMap,
  powerAt,
  radiusAtHeight,
  recordAt,
} from './spectral-map.ts';

const record = (
  epoch: number,
  power: readonly number[],
  inputPower = power.map(() => 1),
): SpectrumRecord => ({
  epoch,
  step: epoch,
  power: Float32Array.from(power),
  inputPower: Float32Array.from(inputPower),
});

describe('the power in a map', () => {
  it('is relative to that of the images, and undefined if they have none', () => {
    const made = record(1, [2, 3, 4], [4, 0, 8]);
    expect([0, 1, 2, 3].map((radius) => powerAt(made, radius, 'relative'))).toEqual([0.5, NaN, 0.5, NaN]);
    expect(powerAt(made, 1, 'absolute')).toBe(3);
  });

  it('spans whole half decades, six decades at most', () => {
    const runs = [[record(1, [0.02, 40])], [record(1, [0, 5])]];
    // log10 0.02 = -1.7 and log10 40 = 1.6.
    expect(logRangeOf(runs, 'absolute')).toEqual({ lower: -2, upper: 2 });
    expect(logRangeOf([[record(1, [1e-12, 1])]], 'absolute')).toEqual({ lower: -6, upper: 0 });
    expect(logRangeOf([[record(1, [1, 1])]], 'absolute')).toEqual({ lower: 0, upper: 0.5 });
    expect(logRangeOf([[record(1, [0, 0])], []], 'absolute')).toBeUndefined();
  });
});

describe('the axes of a map', () => {
  it('hold the epochs and radii of all compared runs', () => {
    expect(domainOf([[record(2, [1, 1]), record(9, [1, 1])], [record(1, [1, 1, 1])], []])).toEqual({
      epochs: [1, 9],
      radii: 3,
    });
    expect(domainOf([[]])).toBeUndefined();
  });

  it('give each radius a share of the height, from the mean up, and octaves nearly equal shares', () => {
    expect(heightOfRadius(0, 46)).toBe(0);
    expect(heightOfRadius(46, 46)).toBe(1);
    for (let radius = 0; radius < 46; radius++) {
      const middle = (heightOfRadius(radius, 46) + heightOfRadius(radius + 1, 46)) / 2;
      expect(radiusAtHeight(middle, 46)).toBe(radius);
    }
    expect([-0.1, 0, 1, 1.1].map((height) => radiusAtHeight(height, 46))).toEqual([0, 0, 45, 45]);
  });

  it('give each epoch a share of the width', () => {
    const domain = { epochs: [1, 4], radii: 1 } as const;
    expect([-1, 0, 0.24, 0.26, 0.99, 1, 2].map((share) => epochAt(share, domain))).toEqual([
      1, 1, 1, 2, 4, 4, 4,
    ]);
    expect(mapColumns(domain)).toBe(4);
    expect(mapColumns({ epochs: [1, 5000], radii: 1 })).toBe(320);
  });

  it('show the previous record for an epoch without one', () => {
    const records = [record(2, [1]), record(5, [1])];
    expect([1, 2, 4, 5, 9].map((epoch) => recordAt(records, epoch)?.epoch)).toEqual([undefined, 2, 2, 5, 5]);
  });
});

describe('a painted map', () => {
  const table: ColorTable = Uint32Array.from({ length: 256 }, (_, level) => level + 1);
  const range = { lower: -2, upper: 0 };
  const words = (...args: Parameters<typeof paintMap>) =>
    Array.from(new Uint32Array(paintMap(...args).buffer));

  it('has the largest radius on top, the first epoch on the left, and the end colors at the ends of the scale', () => {
    const records = [record(1, [1, 1e-2]), record(2, [1e-3, 0.1])];
    // Two rows of two radii: the mean reaches up to log2(2) / log2(3) = 0.63, so a row each. 0.1 is half way: level 128.
    expect(words(records, { epochs: [1, 2], radii: 2 }, 'absolute', range, table, 2)).toEqual([
      1, 129, 256, 1,
    ]);
  });

  it('is empty before the first record, after the last and for undefined values; a zero has the lowest color', () => {
    const records = [record(2, [0, 1], [1, 0]), record(3, [1, 1], [1, 0])];
    expect(words(records, { epochs: [1, 4], radii: 2 }, 'relative', range, table, 2)).toEqual([
      0, 0, 0, 0, 0, 1, 256, 0,
    ]);
  });

  it('shows the latest of the epochs that share a column', () => {
    const records = Array.from({ length: 640 }, (_, i) => record(i + 1, [(i + 1) % 2 === 0 ? 1 : 0.01]));
    const painted = words(records, { epochs: [1, 640], radii: 1 }, 'absolute', range, table, 1);
    expect(painted).toEqual(Array.from({ length: 320 }, () => 256));
  });
});

describe('the series of bands', () => {
  const radii = radiusCount(32);
  const flat = (epoch: number, value: number) =>
    record(epoch, new Array<number>(radii).fill(value), new Array<number>(radii).fill(4));

  it('has the sums of its radii, or their ratio to the images', () => {
    const [absolute] = bandSeries([flat(1, 2)], 32, 'absolute', 10);
    // Bands of 1, 1, 2, 4, 8 and 8 radii.
    expect(absolute?.errors).toEqual([2, 2, 4, 8, 16, 16]);
    const [relative] = bandSeries([flat(1, 2)], 32, 'relative', 10);
    expect(relative?.errors).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  });

  it('leaves out values without a logarithm', () => {
    expect(bandSeries([flat(1, 0)], 32, 'relative', 10)[0]?.errors[0]).toBeUndefined();
  });

  it('is thinned evenly and ends with the last epoch', () => {
    const records = Array.from({ length: 10 }, (_, i) => flat(i + 1, 1));
    expect(bandSeries(records, 32, 'absolute', 3).map(({ epoch }) => epoch)).toEqual([3, 6, 10]);
    expect(bandSeries([], 32, 'absolute', 3)).toEqual([]);
  });

  it('joins two runs by epoch', () => {
    expect(
      bandRows(
        [{ epoch: 2, errors: [1, undefined] }],
        [
          { epoch: 1, errors: [3, 4] },
          { epoch: 2, errors: [5, 6] },
        ],
      ),
    ).toEqual([
      { epoch: 1, compared0: 3, compared1: 4 },
      { epoch: 2, shown0: 1, compared0: 5, compared1: 6 },
    ]);
  });

  it('names bands by their radii', () => {
    expect(
      [
        { from: 0, to: 0 },
        { from: 4, to: 7 },
      ].map(bandName),
    ).toEqual(['0', '4–7']);
  });
});
