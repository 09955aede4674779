/** How far a convolution by Winograd's F(2x2, 3x3) in float32 may be from the exact one, for tests. */
import { sumTolerance } from '../sum-tolerance.ts';

/**
 * What the transforms lose, for sums of `products` products in each plane, of values spread over [-1, 1). Transformed
 * pixels are sums of four values: two roundings on the way, in all off by at most 4 x 2^-24 (values below 4), of variance
 * 4/3. The other factor is off by at most as much. So a product is off by 8 x 2^-24 sqrt(4/3) = 9.3 x 2^-24 at most, as
 * a standard deviation over sqrt(3) of it if roundings are uniform, 5.4 x 2^-24; products of a plane and the at most nine
 * planes of a result differ independently: 3 sqrt(products) of that. The eight additions that lead back round values of
 * the size 2 sqrt(products): 2^-24 x 3.3 sqrt(products). Together 16.5 x 2^-24 sqrt(products), and eight of them as in
 * `sumTolerance`.
 */
const transformTolerance = (products: number): number => 2 ** -24 * 8 * 16.5 * Math.sqrt(products);

/**
 * Of y or dx, sums over `channels`. Products in a plane have variance 4/9, so their sums' error has the standard deviation
 * 2^-24 channels sqrt(2) / 3; nine planes make it three times that, which is less than what a sum of 9 channels terms loses.
 */
export const winogradTolerance = (channels: number): number =>
  sumTolerance(9 * channels) + transformTolerance(channels);

/**
 * Of a filter's gradient, sums over `pixels`. A plane sums one product for each 2x2 pixels, of variance 16/9, and the way
 * back weighs planes by squares that sum to 9/4: the error's standard deviation is 2^-24 sqrt(2) pixels / 4, one and a half
 * times that of a sum over pixels.
 */
export const winogradFilterTolerance = (pixels: number): number =>
  sumTolerance(1.5 * pixels) + transformTolerance(pixels / 4);

/**
 * Of an upsampling convolution by nine planes, beside what a sum of `terms` terms loses; each plane sums `products`
 * products. The sums themselves lose no more than those of the `terms` products that they stand for. A plane's filter is
 * off by at most 12 x 2^-24 (nine taps) beside pixels of variance 4/3, its pixels by 4 x 2^-24 beside a filter of variance 3:
 * 20.8 x 2^-24 a product, and sqrt(3) less as a standard deviation. Nine planes of `products` differ independently.
 */
export const upsampleTolerance = (terms: number, products: number): number =>
  sumTolerance(terms) + 2 ** -24 * 8 * 36 * Math.sqrt(products);
