/** The residual of gradient magnitudes: edges in an image that its reconstruction lacks, or the reverse. */
import type { PlaneComparison } from './ssim-score.ts';

/** Sums over three rows, and differences of the outer two, at each column of a row. */
const fillLines = (
  plane: Float64Array,
  before: number,
  here: number,
  after: number,
  sums: Float64Array,
  differences: Float64Array,
): void => {
  const side = sums.length - 2;
  for (let i = 0; i < side; i++) {
    const first = plane[before + i];
    const last = plane[after + i];
    sums[i + 1] = first + plane[here + i] + last;
    differences[i + 1] = last - first;
  }
  for (const line of [sums, differences]) {
    line[0] = line[1];
    line[side + 1] = line[side];
  }
};

/**
 * Prepares the gradient residual of planes of one side: it adds (|grad x| - |grad y|)^2.
 * The gradient is Prewitt's, as in the gradient magnitude similarity (Xue et al. 2014): the central difference over two
 * pixels, averaged over three lines. It is divided by 6, so a ramp with slope 1 per pixel has magnitude 1. Border pixels are
 * repeated outward.
 */
export const createGradientComparison = (side: number): PlaneComparison => {
  const [sumsX, differencesX] = [new Float64Array(side + 2), new Float64Array(side + 2)];
  const [sumsY, differencesY] = [new Float64Array(side + 2), new Float64Array(side + 2)];
  return (x, y, map) => {
    for (let row = 0, to = 0; row < side; row++) {
      const before = Math.max(row - 1, 0) * side;
      const after = Math.min(row + 1, side - 1) * side;
      fillLines(x, before, row * side, after, sumsX, differencesX);
      fillLines(y, before, row * side, after, sumsY, differencesY);
      for (let i = 0; i < side; i++, to++) {
        const acrossX = sumsX[i + 2] - sumsX[i];
        const downX = differencesX[i] + differencesX[i + 1] + differencesX[i + 2];
        const acrossY = sumsY[i + 2] - sumsY[i];
        const downY = differencesY[i] + differencesY[i + 1] + differencesY[i + 2];
        const gap =
          Math.sqrt(acrossX * acrossX + downX * downX) - Math.sqrt(acrossY * acrossY + downY * downY);
        map[to] += (gap * gap) / 36;
      }
    }
  };
};
