import { describe, expect, it } from 'vitest';
import golden from '#testing/golden/baselines.golden.json';
import { goldenImage } from '#testing/golden-images.ts';
import { statisticNames } from './baseline-names.ts';
import { createImageStatistics } from './image-statistics.ts';

const { side, good } = golden;

describe('the statistics of an image', () => {
  it('match NumPy, image after image in the same memory', () => {
    const statisticsOf = createImageStatistics(side);
    for (const [index, expected] of golden.statistics.entries()) {
      const statistics = statisticsOf(goldenImage(index, side, good));
      for (const [column, name] of statisticNames.entries()) {
        // Sums of 3072 positive float64 values, each after some 20 roundings: 3072 + 20 half units in the last place.
        expect(Math.abs(statistics[name] / expected[column] - 1), `${name} of ${index}`).toBeLessThan(
          3100 * (Number.EPSILON / 2),
        );
      }
    }
  });

  it('are exact for a single bright pixel, whose spectrum is flat', () => {
    const image = new Uint8Array(8 * 8 * 3);
    image[3 * (3 * 8 + 4)] = 255;
    const statistics = createImageStatistics(8)(image);
    expect(statistics.brightness).toBeCloseTo(1 / 192, 14);
    // 1 - 1/64: the sum of squares minus that of the mean.
    expect(statistics.contrast).toBeCloseTo(63 / 64, 14);
    // Up and down along each axis.
    expect(statistics['gradient-energy']).toBe(4);
    // |F| = 1 at 64 frequencies, 13 of which have a radius of at most 2.
    expect(statistics['high-frequency-energy']).toBeCloseTo(64 - 13, 12);
  });

  it('counts no difference across the border', () => {
    const ramp = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => 10 * (Math.floor(i / 3) % 8));
    expect(createImageStatistics(8)(ramp)['gradient-energy']).toBeCloseTo(3 * 8 * 7 * (10 / 255) ** 2, 12);
  });

  it('rejects an image of another size', () => {
    expect(() => createImageStatistics(8)(new Uint8Array(8 * 8))).toThrow(RangeError);
  });
});
