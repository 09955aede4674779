/** The Gaussian window that weights the moments of each neighborhood in SSIM. */

/**
 * One dimension of the separable window: exp(-t^2 / (2 sigma^2)) for t from the center, scaled to sum 1.
 * Source: Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004, section III-C.
 * @param length odd number of weights
 * @param sigma standard deviation in pixels, above 0
 */
export const gaussianWindow = (length: number, sigma: number): Float64Array => {
  const center = (length - 1) / 2;
  const window = Float64Array.from({ length }, (_, i) => Math.exp(-0.5 * ((i - center) / sigma) ** 2));
  const sum = window.reduce((total, weight) => total + weight, 0);
  return window.map((weight) => weight / sum);
};
