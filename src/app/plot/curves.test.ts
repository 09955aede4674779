import { describe, expect, it } from 'vitest';
import { mergeCurves, pointAt } from './curves.ts';

const short = { key: 'short', points: [{ x: 2, y: 20 }] };
const long = {
  key: 'long',
  points: [
    { x: 1, y: 10 },
    { x: 2, y: 11 },
    { x: 4, y: 12 },
  ],
};

describe('curves in one chart', () => {
  it('share the rows of common abscissae, by rising x', () => {
    expect(mergeCurves([short, long])).toEqual([
      { x: 1, long: 10 },
      { x: 2, short: 20, long: 11 },
      { x: 4, long: 12 },
    ]);
    expect(mergeCurves([])).toEqual([]);
  });

  it('are read at their last point before, within their own range', () => {
    expect(pointAt(long, 3)).toEqual({ x: 2, y: 11 });
    expect(pointAt(long, 4)).toEqual({ x: 4, y: 12 });
    expect(pointAt(long, 0)).toBeUndefined();
    expect(pointAt(long, 5)).toBeUndefined();
    expect(pointAt({ key: 'none', points: [] }, 1)).toBeUndefined();
  });
});
