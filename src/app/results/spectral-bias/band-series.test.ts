import { describe, expect, it } from 'vitest';
import type { SpectrumRecord } from '#core/history.ts';
import { radiusCount } from '#core/spectrum/radial-power.ts';
import { bandName, bandRows, bandSeries } from './band-series.ts';

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
