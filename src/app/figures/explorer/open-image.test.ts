import { describe, expect, it } from 'vitest';
import { squareSide, takenPart } from './open-image.ts';

describe('an opened image', () => {
  it('has the largest power of two within its shorter side, up to 256', () => {
    expect(squareSide(1024, 900)).toBe(256);
    expect(squareSide(255, 4000)).toBe(128);
    expect(squareSide(16, 16)).toBe(16);
  });

  it('shows its middle square, or all of itself', () => {
    expect(takenPart(301, 100, 'crop')).toEqual({ left: 100, top: 0, width: 100, height: 100 });
    expect(takenPart(100, 301, 'crop')).toEqual({ left: 0, top: 100, width: 100, height: 100 });
    expect(takenPart(301, 100, 'squeeze')).toEqual({ left: 0, top: 0, width: 301, height: 100 });
  });
});
