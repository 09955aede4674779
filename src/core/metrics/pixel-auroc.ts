/** Pixel-level area under the receiver operating characteristic. */
import type { Metric } from '../history.ts';
import type { UndefinedMetric } from './operating-points.ts';
import type { PixelOperatingPoints } from './pixel-operating-points.ts';

/**
 * AUROC over pixels: the probability that a pixel inside a defect scores higher than one outside, in any images, with ties
 * counted as 1/2. It is exact: sums of whole numbers, below 2^53 for up to 134 million pixels.
 * @returns a value in [0, 1], never flipped; the reason of undefined points
 */
export const pixelAuroc = (points: PixelOperatingPoints | UndefinedMetric): Metric => {
  if (!points.defined) return points;
  const { normalPixels, defectPixels, normalsAbove, normalsTied, defectsTied } = points;
  let doubledWins = 0;
  for (let k = 0; k < defectsTied.length; k++) {
    const normalsBelow = normalPixels - normalsAbove[k] - normalsTied[k];
    doubledWins += defectsTied[k] * (2 * normalsBelow + normalsTied[k]);
  }
  return { defined: true, value: doubledWins / (2 * normalPixels * defectPixels) };
};
