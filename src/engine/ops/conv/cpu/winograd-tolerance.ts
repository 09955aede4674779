/** The error bounds of convolutions by Winograd's F(4x4, 3x3) in float32, for tests. */
import { sumTolerance } from '../sum-tolerance.ts';

/**
 * The error of sums of `products` products in each plane, if a result weighs the planes so that the products in it have
 * the standard deviation `spread`. A partial sum of k products is of the size sqrt(k) and is rounded by at most 2^-24 of
 * it: 2^-24 products / sqrt(2) as a standard deviation. Each product comes from some eight roundings of pixels and six of a
 * filter, and some ten lead from the planes to the result: together at most sqrt(14) + sqrt(7) = 6.5 of 2^-24 sqrt(products).
 * Eight standard deviations, as in `sumTolerance`.
 */
const planesTolerance = (products: number, spread: number): number =>
  2 ** -24 * (2 + 8 * spread * (products / Math.SQRT2 + 6.5 * Math.sqrt(products)));

/**
 * Of y or dx, sums over `channels`, of values spread over [-1, 1). The squares of the rows of B' sum to r = (8.25, 7.5, 7.5,
 * 3.75, 3.75, 8.25), those of G to g = (1, 7/9, 7/9, 7/36, 7/36, 1), and the last row of A', the largest, has the squares
 * (0, 1/8, 1/8, 8, 8, 1). Along one axis these weigh to 21.4; both axes and both variances of 1/3 make it a spread of 7.1.
 */
export const winogradTolerance = (channels: number): number => planesTolerance(channels, 7.1);

/**
 * Of a filter's gradient, sums over `pixels`, 16 of which go into one product. The squares of the rows of A sum to (1, 15/8,
 * 15/8, 15, 15, 1) and the first column of G has the squares (1, 4/9, 4/9, 1/36, 1/36, 0): 23.9 along one axis.
 */
export const winogradFilterTolerance = (pixels: number): number => planesTolerance(pixels / 16, 8);

/**
 * Of an upsampling convolution by nine planes, in addition to that of a sum of `terms` terms; each plane sums `products`
 * products. The sums themselves err by no more than those of the `terms` products that they replace. A plane's filter is
 * off by at most 12 x 2^-24 (nine taps) beside pixels of variance 4/3, its pixels by 4 x 2^-24 beside a filter of variance 3:
 * 20.8 x 2^-24 a product, and sqrt(3) less as a standard deviation. Nine planes of `products` differ independently.
 */
export const upsampleTolerance = (terms: number, products: number): number =>
  sumTolerance(terms) + 2 ** -24 * 8 * 36 * Math.sqrt(products);
