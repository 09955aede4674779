import { expect, it } from 'vitest';
import { probedIndices } from './spectrum-probe.ts';

it('takes eight images, evenly spread over the training images', () => {
  const indices = Array.from({ length: 20 }, (_, i) => 100 + i);
  expect(probedIndices(indices, 64)).toEqual([100, 102, 105, 107, 110, 112, 115, 117]);
});

it('uses at most the existing images, and at most a micro-batch', () => {
  expect(probedIndices([4, 5, 6], 64)).toEqual([4, 5, 6]);
  expect(probedIndices([4, 5, 6, 7], 2)).toEqual([4, 6]);
});
