import { describe, expect, it } from 'vitest';
import { paintWave } from './wave.ts';

describe('the wave of a frequency', () => {
  const side = 8;
  const at = (pixels: Uint8ClampedArray, row: number, column: number) =>
    Array.from(pixels.subarray(4 * (row * side + column), 4 * (row * side + column) + 4));

  it('runs along the columns for v, with white crests and black troughs half a period apart', () => {
    const pixels = paintWave({ u: 0, v: 2, phase: 0 }, side);
    for (const row of [0, 5]) {
      expect(at(pixels, row, 0)).toEqual([255, 255, 255, 150]);
      expect(at(pixels, row, 1)[3]).toBe(0);
      expect(at(pixels, row, 2)).toEqual([0, 0, 0, 150]);
      expect(at(pixels, row, 4)).toEqual([255, 255, 255, 150]);
    }
  });

  it('runs along the rows for u, and its phase moves it', () => {
    const pixels = paintWave({ u: -1, v: 0, phase: Math.PI }, side);
    expect(at(pixels, 0, 3)).toEqual([0, 0, 0, 150]);
    expect(at(pixels, 4, 3)).toEqual([255, 255, 255, 150]);
  });

  it('covers the image evenly at frequency 0', () => {
    const pixels = paintWave({ u: 0, v: 0, phase: 0 }, side);
    expect(pixels.every((value, i) => value === (i % 4 === 3 ? 150 : 255))).toBe(true);
  });
});
