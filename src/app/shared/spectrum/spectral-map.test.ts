import { describe, expect, it } from 'vitest';
import type { SpectrumRecord } from '#core/history.ts';
import type { ColorTable } from '../../image/color-map.ts';
import { bottomOf, epochAt, isGap, mapColumns, middleOf, radiusAtHeight, topOf } from './map-geometry.ts';
import {
  domainOf,
  type LogScale,
  logScaleOf,
  paintMap,
  powerAt,
  ratioRecords,
  ratioScaleOf,
  recordAt,
  shareOn,
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
});

describe('the color scale', () => {
  it('of absolute power spans whole half decades, six decades at most, without the mean', () => {
    const runs = [[record(1, [1e9, 0.02, 40])], [record(1, [1e-9, 0, 5])]];
    // log10 0.02 = -1.7 and log10 40 = 1.6.
    expect(logScaleOf(runs, 'absolute')).toMatchObject({ lower: -2, middle: 0, upper: 2 });
    expect(logScaleOf([[record(1, [0, 1e-12, 1])]], 'absolute')).toMatchObject({ lower: -6, upper: 0 });
    expect(logScaleOf([[record(1, [1, 0, 0])], []], 'absolute')).toBeUndefined();
  });

  it('of relative power diverges about 1, and each side ends at its own half decade', () => {
    // log10 0.02 = -1.7; the largest ratio is 0.8, and the upper side still reaches 10^0.5.
    const first = [record(1, [9, 0.02, 0.8])];
    expect(logScaleOf([first], 'relative')).toMatchObject({ lower: -2, middle: 0, upper: 0.5 });
    // Later records only widen it.
    const later = [...first, record(2, [9, 1e-5, 6])];
    expect(logScaleOf([later], 'relative')).toMatchObject({ lower: -3, middle: 0, upper: 1 });
    const colors = { table: Uint32Array.of(0), lower: -2, middle: 0, upper: 0.5 };
    expect([-9, -2, -1, 0, 0.25, 0.5, 9].map((exponent) => shareOn(colors, exponent))).toEqual([
      0, 0, 0.25, 0.5, 0.75, 1, 1,
    ]);
    expect(shareOn(colors, Number.NEGATIVE_INFINITY)).toBe(0);
  });

  it('of a ratio of two runs reaches as far above 1 as below', () => {
    expect(ratioScaleOf([record(1, [1, 0.2, 1.1])])).toMatchObject({ lower: -1, middle: 0, upper: 1 });
    expect(ratioScaleOf([])).toBeUndefined();
  });
});

describe('the ratio of two runs', () => {
  it('is that of their relative powers, for the epochs that both have', () => {
    const one = [record(1, [1, 2], [2, 2]), record(4, [1, 1], [2, 0]), record(9, [1, 1])];
    const other = [record(2, [1, 4], [4, 4]), record(5, [1, 1])];
    // Epoch 1 is before the other's first; epoch 9 is after its last. 0.5 / 0.25 = 2; the image has no power at radius 1.
    const [ratio, ...rest] = ratioRecords(one, other);
    expect(rest).toEqual([]);
    expect(ratio?.epoch).toBe(4);
    expect([0, 1].map((radius) => powerAt(ratio!, radius, 'relative'))).toEqual([2, NaN]);
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

  it('give the mean a strip of its own, and octaves the same height', () => {
    expect(bottomOf(0, 46)).toBe(0);
    expect(topOf(45, 46)).toBeCloseTo(1, 12);
    const octave = (from: number): number => bottomOf(2 * from, 64) - bottomOf(from, 64);
    expect(octave(16)).toBeCloseTo(octave(1), 12);
    expect(topOf(0, 46)).toBeLessThan(bottomOf(1, 46));
    expect(isGap((topOf(0, 46) + bottomOf(1, 46)) / 2)).toBe(true);
    for (let radius = 0; radius < 46; radius++) {
      expect(radiusAtHeight(middleOf(radius, 46), 46)).toBe(radius);
      expect(isGap(middleOf(radius, 46))).toBe(false);
    }
    expect([-0.1, 0, 1, 1.1].map((height) => radiusAtHeight(height, 46))).toEqual([0, 0, 45, 45]);
  });

  it('give each epoch a share of the width', () => {
    const domain = { epochs: [1, 4], radii: 1 } as const;
    expect([-1, 0, 0.24, 0.26, 0.99, 1, 2].map((share) => epochAt(share, domain))).toEqual([
      1, 1, 1, 2, 4, 4, 4,
    ]);
    expect(mapColumns(domain)).toBe(4);
    expect(mapColumns({ epochs: [1, 5000], radii: 1 })).toBe(640);
  });

  it('show the previous record for an epoch without one', () => {
    const records = [record(2, [1]), record(5, [1])];
    expect([1, 2, 4, 5, 9].map((epoch) => recordAt(records, epoch)?.epoch)).toEqual([undefined, 2, 2, 5, 5]);
  });
});

describe('a painted map', () => {
  const table: ColorTable = Uint32Array.from({ length: 256 }, (_, level) => level + 1);
  const colors: LogScale = { table, lower: -2, middle: -1, upper: 0 };
  const words = (...args: Parameters<typeof paintMap>) =>
    Array.from(new Uint32Array(paintMap(...args).buffer));

  it('has the largest radius on top, the first epoch on the left, the mean below a gap', () => {
    // Rows from the top: heights 0.975 ... 0.025 of 20 rows. The strip ends at 0.085: rows 18 (0.075) and 19 (0.025). Row 17
    // (0.125) is radius 1, which with 2 radii has all rows above the gap.
    const painted = words(
      [record(1, [1, 1e-2]), record(2, [1e-3, 0.1])],
      { epochs: [1, 2], radii: 2 },
      'absolute',
      colors,
      20,
    );
    // 0.1 is half way: level 127.5, rounded up.
    expect(painted.slice(0, 36)).toEqual(Array.from({ length: 36 }, (_, i) => (i % 2 === 0 ? 1 : 129)));
    expect(painted.slice(36)).toEqual([256, 1, 256, 1]);
    // With 100 rows, row 90 (0.095) is in the gap.
    const fine = words([record(1, [1, 1])], { epochs: [1, 1], radii: 2 }, 'absolute', colors, 100);
    expect([88, 90, 92].map((row) => fine[row])).toEqual([256, 0, 256]);
  });

  it('is empty before the first record, after the last and for undefined values; a zero has the lowest color', () => {
    const records = [record(2, [0, 1], [1, 0]), record(3, [1, 1], [1, 0])];
    const painted = words(records, { epochs: [1, 4], radii: 2 }, 'relative', colors, 20);
    expect(painted.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(painted.slice(-4)).toEqual([0, 1, 256, 0]);
  });

  it('shows the latest of the epochs that share a column', () => {
    const records = Array.from({ length: 1280 }, (_, i) => record(i + 1, [(i + 1) % 2 === 0 ? 1 : 0.01]));
    const painted = words(records, { epochs: [1, 1280], radii: 1 }, 'absolute', colors, 1);
    expect(painted).toEqual(Array.from({ length: 640 }, () => 256));
  });
});
