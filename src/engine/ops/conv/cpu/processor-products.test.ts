import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { referenceConvolution, sizesOf } from '../convolution-reference.ts';
import { type ConvolutionGeometry, convolutionGeometry, upsampleConvolutionGeometry } from '../geometry.ts';
import { sumTolerance } from '../sum-tolerance.ts';
import { filterProductCalls, partialFloats, planFilterProduct } from './filter-product.ts';
import { type GatherProduct, gatherCalls, packedFloats, planGather } from './gather-product.ts';
import { convolutionProduct, foldFilterCall, upsampleConvolutionProduct } from './processor-products.ts';
import { compute, enlarge, floatBytes, sumSquares, values } from './processor-testing.ts';

const describeGeometry = (geometry: ConvolutionGeometry): string =>
  `${geometry.batch}x${geometry.rows}x${geometry.columns}x${geometry.inputChannels} to ${geometry.outputChannels}, ` +
  `${geometry.kernelRows}x${geometry.kernelColumns}, stride ${geometry.stride}`;

/**
 * Just below and above each boundary: four pixels, four images, eight and four columns, chunks; odd sizes
 * with strides.
 */
const geometries = [
  convolutionGeometry([1, 1, 1, 1], [3, 3, 1, 1], 1),
  convolutionGeometry([2, 5, 7, 3], [3, 3, 3, 8], 1),
  convolutionGeometry([2, 5, 7, 3], [3, 3, 3, 8], 2),
  convolutionGeometry([3, 6, 4, 5], [3, 3, 5, 7], 2),
  convolutionGeometry([3, 7, 6, 4], [3, 3, 4, 3], 3),
  convolutionGeometry([1, 9, 6, 8], [3, 3, 8, 12], 1),
  convolutionGeometry([3, 5, 7, 6], [1, 1, 6, 9], 1),
  convolutionGeometry([3, 5, 7, 6], [1, 1, 6, 20], 2),
  convolutionGeometry([2, 8, 8, 3], [1, 1, 3, 16], 2),
  convolutionGeometry([1, 4, 5, 2], [5, 3, 2, 4], 1),
  convolutionGeometry([16, 2, 2, 24], [3, 3, 24, 24], 1),
  convolutionGeometry([5, 4, 4, 16], [3, 3, 16, 32], 2),
  convolutionGeometry([8, 4, 4, 16], [1, 1, 16, 5], 2),
  convolutionGeometry([4, 2, 2, 256], [3, 3, 256, 40], 1),
  convolutionGeometry([2, 4, 4, 64], [3, 3, 64, 256], 1),
  convolutionGeometry([1, 40, 33, 16], [3, 3, 16, 16], 1),
  convolutionGeometry([4, 16, 16, 8], [3, 3, 8, 8], 1),
  convolutionGeometry([1, 3, 20, 200], [3, 3, 200, 8], 1),
  convolutionGeometry([1, 2, 46, 2000], [3, 3, 2000, 1], 1),
];

/** Compares both algorithms and the chosen algorithm. */
const comparePlans = (
  product: GatherProduct,
  inputs: { readonly source: Float32Array; readonly filter: Float32Array },
  expected: Float64Array,
  tolerance: number,
): void => {
  const chosen = planGather(product.geometry, product.direction);
  const plans = [true, false].map((byPositions) => ({
    ...chosen,
    byPositions,
    imagesPerChunk: byPositions ? product.geometry.batch : 1,
  }));
  for (const plan of [chosen, ...plans]) {
    const actual = compute(
      inputs,
      { result: expected.length, temporary: packedFloats(product) },
      ({ temporary, ...addresses }) => gatherCalls(product, { ...addresses, packed: temporary }, plan),
    );
    expect(largestDifference(actual, expected)).toBeLessThan(tolerance);
  }
};

/** Compares both algorithms, where both apply, and the chosen algorithm. */
const compareFilterPlans = (
  geometry: ConvolutionGeometry,
  inputs: { readonly source: Float32Array; readonly gradient: Float32Array },
  check: (actual: Float32Array) => void,
  after?: { readonly floats: number; readonly call: typeof foldFilterCall },
): void => {
  const listable = geometry.inputChannels >= 4 && geometry.outputChannels % 4 === 0;
  const small = { rowsPerBlock: 2, columnsPerBlock: 3, imagesPerBlock: 2 };
  const plans = [
    planFilterProduct(geometry),
    planFilterProduct(geometry, false),
    { ...planFilterProduct(geometry, false), ...small, tapsPerChunk: 1, tilesPerChunk: 2, panelsPerChunk: 1 },
    ...(listable ? [planFilterProduct(geometry, true)] : []),
  ];
  const filterFloats = sizesOf(geometry).filter;
  for (const plan of plans) {
    const partials = partialFloats(geometry, plan);
    const actual = compute(
      inputs,
      { result: after?.floats ?? filterFloats, temporary: partials + filterFloats },
      ({ source, gradient, result, temporary }) => {
        const unfolded = temporary + partials * floatBytes;
        const places = { source, gradient, result: after ? unfolded : result, partials: temporary };
        return [
          ...filterProductCalls(geometry, places, plan),
          ...(after ? [after.call(geometry, { filter: unfolded, target: result })] : []),
        ];
      },
    );
    check(actual);
  }
};

describe('convolution on the processor', () => {
  for (const geometry of geometries) {
    it(describeGeometry(geometry), () => {
      const sizes = sizesOf(geometry);
      const [x, filter, dy] = [values(sizes.x, 1), values(sizes.filter, 2), values(sizes.y, 3)];
      const { y, dx, dFilter } = referenceConvolution(geometry, { x, filter, dy });
      const taps = geometry.kernelRows * geometry.kernelColumns;
      comparePlans(
        convolutionProduct(geometry, 'forward'),
        { source: x, filter },
        y,
        sumTolerance(taps * geometry.inputChannels),
      );
      comparePlans(
        convolutionProduct(geometry, 'input-gradient'),
        { source: dy, filter },
        dx,
        sumTolerance(taps * geometry.outputChannels),
      );
      const pixels = geometry.batch * geometry.outputRows * geometry.outputColumns;
      compareFilterPlans(geometry, { source: x, gradient: dy }, (actual) =>
        expect(largestDifference(actual, dFilter)).toBeLessThan(sumTolerance(pixels)),
      );
    });
  }
});

const upsampled: readonly (readonly [readonly [number, number, number, number], number])[] = [
  [[1, 1, 1, 1], 1],
  [[2, 3, 5, 8], 3],
  [[4, 2, 2, 24], 16],
  [[5, 4, 3, 5], 12],
  [[1, 17, 8, 16], 8],
  [[2, 2, 4, 64], 40],
];

describe('upsampling convolution on the processor', () => {
  for (const [shape, outputs] of upsampled) {
    it(`${shape.join('x')} to ${outputs}`, () => {
      const [batch, rows, columns, channels] = shape;
      const filterShape = [3, 3, channels, outputs];
      const small = upsampleConvolutionGeometry(shape, filterShape);
      const large = convolutionGeometry([batch, 2 * rows, 2 * columns, channels], filterShape, 1);
      const sizes = sizesOf(large);
      const [x, filter, dy] = [values(sizes.x / 4, 4), values(sizes.filter, 5), values(sizes.y, 6)];
      const reference = referenceConvolution(large, { x: enlarge(x, shape), filter, dy });
      comparePlans(
        upsampleConvolutionProduct(small, 'forward'),
        { source: x, filter },
        reference.y,
        sumTolerance(9 * channels),
      );
      comparePlans(
        upsampleConvolutionProduct(small, 'input-gradient'),
        { source: dy, filter },
        sumSquares(reference.dx, shape),
        sumTolerance(36 * outputs),
      );
      compareFilterPlans(
        small,
        { source: dy, gradient: x },
        (actual) =>
          expect(largestDifference(actual, reference.dFilter)).toBeLessThan(
            sumTolerance(4 * batch * rows * columns),
          ),
        { floats: sizes.filter, call: foldFilterCall },
      );
    });
  }
});
