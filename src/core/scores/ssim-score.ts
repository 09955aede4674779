/** The dissimilarity 1 - SSIM of an image and its reconstruction, per pixel. */
import { gaussianWindow } from '../ssim-window.ts';
import { createMirroredFilter } from './mirrored-filter.ts';

/** Side of the Gaussian window in pixels, the same as the loss's. */
export const ssimWindowSide = 11;

/** The window by distance from its middle. */
export const ssimTaps = (): Float64Array =>
  gaussianWindow(ssimWindowSide, 1.5).slice((ssimWindowSide - 1) / 2);

/** K1^2 and K2^2 for the range 1. */
export const ssimConstants = { c1: 0.01 ** 2, c2: 0.03 ** 2 } as const;

/** Adds a comparison of planes x and y, [S, S] row-major, to a map of that size. Both planes may be overwritten. */
export type PlaneComparison = (x: Float64Array, y: Float64Array, map: Float64Array) => void;

/**
 * Prepares the SSIM map of planes of one side: it adds 1 - SSIM in [0, 2] of each pixel's neighborhood, with an 11x11
 * Gaussian window of sigma 1.5, K1 0.01, K2 0.03, range 1 (Wang et al. 2004).
 * The loss omits the border of 5 pixels (valid padding), where the window has no whole neighborhood. A map needs values
 * there, because a defect at the border counts too. So the image is mirrored at its border with the edge repeated: it
 * invents no values, treats x and y the same way, and inside the border equals the loss's summand.
 * @param side at least 11, a multiple of 4
 */
export const createSsimComparison = (side: number): PlaneComparison => {
  const filter = createMirroredFilter(side, ssimTaps());
  const { c1, c2 } = ssimConstants;
  const [powers, products] = [new Float64Array(side * side), new Float64Array(side * side)];
  const sources = [0, 1, 2, 3].map(() => filter.createRows());
  const strip = side * filter.stripRows;
  const [meanX, meanY] = [new Float64Array(strip), new Float64Array(strip)];
  const [meanPower, meanProduct] = [new Float64Array(strip), new Float64Array(strip)];
  const means = [meanX, meanY, meanPower, meanProduct];
  return (x, y, map) => {
    for (let i = 0; i < powers.length; i++) {
      powers[i] = x[i] * x[i] + y[i] * y[i];
      products[i] = x[i] * y[i];
    }
    [x, y, powers, products].forEach((plane, index) => {
      filter.filterRows(plane, sources[index]);
    });
    for (let row = 0, to = 0; row < side; row += filter.stripRows) {
      for (let index = 0; index < means.length; index++) {
        filter.filterStrip(sources[index], row, means[index], 0);
      }
      for (let i = 0; i < strip; i++, to++) {
        const product = meanX[i] * meanY[i];
        const power = meanX[i] * meanX[i] + meanY[i] * meanY[i];
        // SSIM needs only the sum of the two variances: one filtered plane instead of two.
        const above = (2 * product + c1) * (2 * (meanProduct[i] - product) + c2);
        const below = (power + c1) * (meanPower[i] - power + c2);
        map[to] += 1 - above / below;
      }
    }
  };
};
