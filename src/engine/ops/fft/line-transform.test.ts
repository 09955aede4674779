import { describe, expect, it } from 'vitest';
import { fft2 } from '#core/spectrum/fft.ts';
import { hashValues } from '#testing/hash-values.ts';
import { lineTablesOf, transformLine } from './line-transform.ts';
import { transformLengths } from './plan.ts';

const difference = (actual: Float64Array, expected: Float64Array): number =>
  Math.max(...actual.map((value, i) => Math.abs(value - expected[i])));

describe('the line transform of the processor', () => {
  for (const length of transformLengths) {
    it(`agrees with the reference at ${length}, and comes back with its planes exchanged`, () => {
      const [real, imaginary] = [1, 2].map((series) => Float64Array.from(hashValues(length, series, -1, 1)));
      const tables = lineTablesOf(length);
      const reordered = (values: Float64Array) => {
        const result = new Float64Array(length);
        for (let i = 0; i < length; i++) result[tables.reversed[i]] = values[i];
        return result;
      };
      const [re, im] = [reordered(real), reordered(imaginary)];
      transformLine(tables, re, im);
      const expected = fft2(real, 1, length, imaginary);
      // Sums of up to 512 values below 1, in at most 9 levels of float64.
      const bound = length * 9 * 2 ** -53;
      expect(difference(re, expected.real)).toBeLessThan(bound);
      expect(difference(im, expected.imaginary)).toBeLessThan(bound);
      const [backRe, backIm] = [reordered(re), reordered(im)];
      transformLine(tables, backIm, backRe);
      expect(
        difference(
          backRe.map((value) => value / length),
          real,
        ),
      ).toBeLessThan(bound);
      expect(
        difference(
          backIm.map((value) => value / length),
          imaginary,
        ),
      ).toBeLessThan(bound);
    });
  }
});
