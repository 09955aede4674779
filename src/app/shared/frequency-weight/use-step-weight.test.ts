import { expect, it } from 'vitest';
import { fftshift } from '#core/spectrum/fftshift.ts';
import { halfAndHalf } from './use-step-weight.ts';

it('shows one map in the left half and the other in the right half of the shifted picture', () => {
  const left = new Float32Array(16).fill(1);
  const right = new Float32Array(16).fill(2);
  const shifted = fftshift(halfAndHalf(left, right, 4), 4, 4);
  for (let row = 0; row < 4; row++)
    expect(Array.from(shifted.slice(4 * row, 4 * row + 4))).toEqual([1, 1, 2, 2]);
});
