import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { referenceConvolution, sizesOf } from '../convolution-reference.ts';
import { convolutionGeometry, upsampleConvolutionGeometry } from '../geometry.ts';
import { sumTolerance } from '../sum-tolerance.ts';
import { cornerCalls, cornerFloats } from './corners.ts';
import { compute, enlarge, sumSquares, values } from './processor-testing.ts';
import {
  planesPay,
  upsampleFilterPlaneCalls,
  upsampleFilterPlaneFloats,
  upsamplePlaneCalls,
  upsamplePlaneFloats,
} from './upsample-product.ts';
import { upsampleTolerance } from './winograd-tolerance.ts';

/**
 * [batch, rows, columns, in, out]: just below and above four pixels, a step, a chunk, and a block of
 * channels.
 */
const cases = [
  [3, 1, 1, 8, 8],
  [1, 2, 3, 8, 16],
  [2, 9, 7, 24, 8],
  [4, 16, 16, 16, 16],
  [1, 12, 11, 72, 40],
  [2, 8, 8, 136, 64],
] as const;

describe('upsampling convolution by nine planes', () => {
  it.each(cases)('%i images of %ix%i pixels, %i to %i channels', (batch, rows, columns, input, output) => {
    const shape = [batch, rows, columns, input] as const;
    const filterShape = [3, 3, input, output];
    const geometry = upsampleConvolutionGeometry(shape, filterShape);
    const large = convolutionGeometry([batch, 2 * rows, 2 * columns, input], filterShape, 1);
    const sizes = sizesOf(large);
    const [x, filter, dy] = [values(sizes.x / 4, 1), values(sizes.filter, 2), values(sizes.y, 3)];
    const reference = referenceConvolution(large, { x: enlarge(x, shape), filter, dy });
    const gather = (source: Float32Array, direction: 'forward' | 'input-gradient', result: number) =>
      compute({ source, filter }, { result, temporary: upsamplePlaneFloats(geometry) }, (addresses) =>
        upsamplePlaneCalls(geometry, direction, addresses),
      );

    const y = gather(x, 'forward', sizes.y);
    expect(largestDifference(y, reference.y)).toBeLessThan(upsampleTolerance(9 * input, input));

    const dx = gather(dy, 'input-gradient', x.length);
    const dxExpected = sumSquares(reference.dx, shape);
    expect(largestDifference(dx, dxExpected)).toBeLessThan(upsampleTolerance(36 * output, output));

    const dFilter = compute(
      { source: dy, gradient: x },
      { result: sizes.filter, temporary: upsampleFilterPlaneFloats(geometry) },
      (addresses) => upsampleFilterPlaneCalls(geometry, addresses),
    );
    const pixels = batch * rows * columns;
    const tolerance = upsampleTolerance(4 * pixels, pixels);
    expect(largestDifference(dFilter, reference.dFilter)).toBeLessThan(tolerance);
  });

  it.each([1, 2, 3])('goes by corners to %i channels', (output) => {
    for (const shape of [
      [1, 1, 1, 1],
      [2, 5, 7, 6],
      [4, 16, 12, 16],
    ] as const) {
      const [batch, rows, columns, input] = shape;
      const filterShape = [3, 3, input, output];
      const geometry = upsampleConvolutionGeometry(shape, filterShape);
      const large = convolutionGeometry([batch, 2 * rows, 2 * columns, input], filterShape, 1);
      const sizes = sizesOf(large);
      const [x, filter, dy] = [values(sizes.x / 4, 1), values(sizes.filter, 2), new Float32Array(sizes.y)];
      const expected = referenceConvolution(large, { x: enlarge(x, shape), filter, dy });
      const y = compute(
        { source: x, filter },
        { result: sizes.y, temporary: cornerFloats(geometry) },
        (addresses) => cornerCalls(geometry, addresses),
      );
      expect(largestDifference(y, expected.y)).toBeLessThan(sumTolerance(9 * input));
    }
  });

  it('is chosen for whole panels of channels and images that are not tiny', () => {
    const pays = (shape: number[], output: number): boolean =>
      planesPay(upsampleConvolutionGeometry(shape, [3, 3, shape[3]!, output]));
    expect(pays([1, 8, 8, 16], 8)).toBe(true);
    expect(pays([1, 8, 8, 16], 3)).toBe(false);
    expect(pays([1, 8, 8, 12], 8)).toBe(false);
    expect(pays([1, 2, 8, 16], 8)).toBe(false);
  });
});
