/** The error bound of a float32 sum of products, for tests. */

/**
 * The error bound of a float32 sum of `terms` products of values spread over [-1, 1). Each of the additions rounds a
 * partial sum by at most 2^-24 of it. A partial sum of k terms is of the size sqrt(k) / 3 (a product has variance 1/9),
 * and roundings are as random as the values, so the error's standard deviation is at most
 * 2^-24 sqrt(sum of k / 9) = 2^-24 terms / sqrt(18). Eight of them are never seen in the at most 2^18 values compared
 * (probability below 1e-9). The constant is for sums of few terms, whose errors are not yet normal, and for the
 * rounding of the products on a device that does not fuse them.
 */
export const sumTolerance = (terms: number): number => 2 ** -24 * (2 + (8 / Math.sqrt(18)) * terms);
