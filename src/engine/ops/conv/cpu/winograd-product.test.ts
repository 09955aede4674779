import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { referenceConvolution, sizesOf } from '../convolution-reference.ts';
import { convolutionGeometry } from '../geometry.ts';
import { compute, values } from './processor-testing.ts';
import {
  winogradCalls,
  winogradFilterCalls,
  winogradFilterFloats,
  winogradFloats,
  winogradPays,
} from './winograd-product.ts';
import { winogradFilterTolerance, winogradTolerance } from './winograd-tolerance.ts';

/**
 * [batch, rows, columns, in, out]: just below and above a tile, four tiles, a step, a chunk, and a block of
 * channels.
 */
const cases = [
  [3, 1, 1, 8, 8],
  [1, 8, 8, 8, 8],
  [2, 9, 11, 8, 16],
  [3, 8, 10, 24, 8],
  [1, 33, 40, 16, 16],
  [2, 32, 32, 16, 16],
  [4, 16, 16, 32, 64],
  [1, 10, 9, 72, 104],
  [2, 8, 8, 256, 128],
] as const;

describe('Winograd on the processor', () => {
  it.each(cases)('%i images of %ix%i pixels, %i to %i channels', (batch, rows, columns, input, output) => {
    const geometry = convolutionGeometry([batch, rows, columns, input], [3, 3, input, output], 1);
    const sizes = sizesOf(geometry);
    const [x, filter, dy] = [values(sizes.x, 1), values(sizes.filter, 2), values(sizes.y, 3)];
    const reference = referenceConvolution(geometry, { x, filter, dy });

    const gather = (source: Float32Array, direction: 'forward' | 'input-gradient', result: number) =>
      compute({ source, filter }, { result, temporary: winogradFloats(geometry, direction) }, (addresses) =>
        winogradCalls(geometry, direction, addresses),
      );
    const y = gather(x, 'forward', sizes.y);
    expect(largestDifference(y, reference.y)).toBeLessThan(winogradTolerance(input));
    const dx = gather(dy, 'input-gradient', sizes.x);
    expect(largestDifference(dx, reference.dx)).toBeLessThan(winogradTolerance(output));

    const dFilter = compute(
      { source: x, gradient: dy },
      { result: sizes.filter, temporary: winogradFilterFloats(geometry) },
      (addresses) => winogradFilterCalls(geometry, addresses),
    );
    const tolerance = winogradFilterTolerance(batch * rows * columns);
    expect(largestDifference(dFilter, reference.dFilter)).toBeLessThan(tolerance);
  });

  it('is chosen for 3x3 taps, stride 1 and whole panels of channels only', () => {
    const pays = (shape: number[], filter: number[], stride: number): boolean =>
      winogradPays(convolutionGeometry(shape, filter, stride));
    expect(pays([1, 8, 8, 16], [3, 3, 16, 8], 1)).toBe(true);
    expect(pays([1, 8, 8, 16], [3, 3, 16, 8], 2)).toBe(false);
    expect(pays([1, 8, 8, 16], [1, 1, 16, 8], 1)).toBe(false);
    expect(pays([1, 8, 8, 3], [3, 3, 3, 8], 1)).toBe(false);
    expect(pays([1, 8, 8, 16], [3, 3, 16, 12], 1)).toBe(false);
    expect(pays([1, 8, 4, 16], [3, 3, 16, 8], 1)).toBe(false);
  });
});
