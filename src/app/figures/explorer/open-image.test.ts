import { describe, expect, it } from 'vitest';
import { squareSide } from './open-image.ts';

describe('an opened image', () => {
  it('has the largest power of two within its shorter side, up to 256', () => {
    expect(squareSide(1024, 900)).toBe(256);
    expect(squareSide(255, 4000)).toBe(128);
    expect(squareSide(16, 16)).toBe(16);
  });
});
