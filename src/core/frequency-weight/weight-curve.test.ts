import { describe, expect, it } from 'vitest';
import { formatWeightCurve, parseWeightCurve } from './weight-curve.ts';

describe('the text of a weight curve', () => {
  it('may have spaces', () => {
    expect(parseWeightCurve('0:0, 0.25:1.5 ,1:2e-1')).toEqual([
      { radius: 0, value: 0 },
      { radius: 0.25, value: 1.5 },
      { radius: 1, value: 0.2 },
    ]);
  });

  it('is restored from its points', () => {
    const points = parseWeightCurve('0.1:3,0.30000000000000004:0');
    expect(parseWeightCurve(formatWeightCurve(points))).toEqual(points);
  });

  it.each([
    ['', /has 1 point, expected at least 2/],
    ['0:1', /has 1 point, expected at least 2/],
    ['0:1,1', /"1" as point 2, expected two finite numbers/],
    ['0:1,1:', /"1:" as point 2, expected two finite numbers/],
    ['0:1,1:2:3', /"1:2:3" as point 2, expected two finite numbers/],
    ['0:1,1:NaN', /"1:NaN" as point 2, expected two finite numbers/],
    ['0:1,1:Infinity', /"1:Infinity" as point 2, expected two finite numbers/],
    ['0:1,-Infinity:1', /point 2, expected two finite numbers/],
    ['-0.1:1,1:1', /"-0.1:1" as point 1, expected a radius from 0 to 1/],
    ['0:1,1.5:1', /"1.5:1" as point 2, expected a radius from 0 to 1/],
    ['0:1,1:-2', /"1:-2" as point 2, expected a value of at least 0/],
    ['0:1,0.5:1,0.5:2', /"0.5:2" as point 3, expected a radius above that of the point before, 0.5/],
    ['0:1,1:1.1e300', /"1:1.1e300" as point 2, expected a value of at most 1e\+300/],
    ['0:0,1e-320:1,1:2', /too steep at "1e-320:1", point 2/],
    ['0:0,1:0', /0 everywhere, expected a value above 0/],
  ])('rejects "%s" with a reason', (text, problem) => {
    expect(() => parseWeightCurve(text)).toThrow(problem);
  });

  it('may have the largest values, and close radii', () => {
    for (const text of ['0:0,1:1e300', '0:1e300,0.001:0,1:1e300', '0:0,1e-7:1,1:0']) {
      expect(formatWeightCurve(parseWeightCurve(text)).split(',')).toHaveLength(text.split(',').length);
    }
  });

  it('is not made of invalid points', () => {
    const points = [
      { radius: 0, value: 1 },
      { radius: 1, value: Number.POSITIVE_INFINITY },
    ];
    expect(() => formatWeightCurve(points)).toThrow('"1:Infinity" as point 2');
  });
});
