/** SSIM by its definition in float64, with a 2-D window: the reference of the kernels' tests. */
import { gaussianWindow } from '#core/ssim-window.ts';

export interface SsimReference {
  /** 1 - mean SSIM. */
  readonly loss: number;
  /** Derivative of the loss in each value of y. */
  readonly gradient: Float64Array;
  /**
   * The sum of the magnitudes that are added up on the way, times the condition of the variances: times the relative
   * error of a term, `ssimTolerance`, it bounds the error of float32.
   */
  readonly lossMagnitude: number;
  readonly gradientMagnitude: Float64Array;
}

export interface SsimReferenceOptions {
  readonly window?: number;
  readonly sigma?: number;
  readonly k1?: number;
  readonly k2?: number;
}

/** Relative rounding of float32 arithmetic. */
const unit = 2 ** -24;

/** Two sums over the window's side forward, two backward, and the formulas between: roundings of each term. */
const roundings = (window: number): number => 4 * window + 20;

/** Threads, workgroups and the last pass add the windows: at most this many additions in a row. */
const additions = 256;

/** The sum of `count` independent roundings: it grows with the root of their number; the factor 3 covers the largest of many. */
const errorOf = (count: number): number => 3 * Math.sqrt(count) * unit;

/** Error of the loss, and of its gradient, in units of the reference's magnitudes. */
export const ssimTolerance = (window = 11): { readonly loss: number; readonly gradient: number } => ({
  loss: errorOf(roundings(window) + additions),
  gradient: errorOf(roundings(window)),
});

/** @param shape batch, rows, columns, channels of x and y */
export const referenceSsim = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  [batch, rows, columns, channels]: readonly [number, number, number, number],
  { window = 11, sigma = 1.5, k1 = 0.01, k2 = 0.03 }: SsimReferenceOptions = {},
): SsimReference => {
  const line = gaussianWindow(window, sigma);
  const [c1, c2] = [k1 ** 2, k2 ** 2];
  const gradient = new Float64Array(x.length);
  const gradientMagnitude = new Float64Array(x.length);
  const count = batch * (rows - window + 1) * (columns - window + 1) * channels;
  let loss = 0;
  let lossMagnitude = 0;
  const eachPixel = (corner: number, visit: (at: number, weight: number) => void): void => {
    for (let i = 0; i < window; i++) {
      for (let j = 0; j < window; j++) {
        visit(corner + (i * columns + j) * channels, line[i] * line[j]);
      }
    }
  };
  const addWindow = (corner: number): void => {
    let [meanX, meanY, largeSum, largeDifference] = [0, 0, 0, 0];
    eachPixel(corner, (at, weight) => {
      meanX += weight * x[at];
      meanY += weight * y[at];
      largeSum += weight * Math.abs(y[at] + x[at]);
      largeDifference += weight * Math.abs(y[at] - x[at]);
    });
    let [varianceX, varianceY, covariance] = [0, 0, 0];
    eachPixel(corner, (at, weight) => {
      varianceX += weight * (x[at] - meanX) ** 2;
      varianceY += weight * (y[at] - meanY) ** 2;
      covariance += weight * (x[at] - meanX) * (y[at] - meanY);
    });
    const a1 = 2 * meanX * meanY + c1;
    const a2 = 2 * covariance + c2;
    const b1 = meanX ** 2 + meanY ** 2 + c1;
    const b2 = varianceX + varianceY + c2;
    const similarity = (a1 * a2) / (b1 * b2);
    loss += (1 - similarity) / count;
    const slopeOfMean = (2 * meanX * a2) / (b1 * b2) - (2 * meanY * similarity) / b1;
    const slopeOfVariance = -similarity / b2;
    const slopeOfCovariance = (2 * a1) / (b1 * b2);

    // The same in s = x + y and d = y - x, as the kernels sum it.
    const sumDeviation = Math.sqrt(Math.max(0, varianceX + varianceY + 2 * covariance));
    const differenceDeviation = Math.sqrt(Math.max(0, varianceX + varianceY - 2 * covariance));
    const condition = 1 + (sumDeviation * largeSum + differenceDeviation * largeDifference) / b2;
    const l = (Math.abs(meanY - meanX) * largeDifference) / b1;
    const c = (differenceDeviation * (differenceDeviation + largeDifference)) / b2;
    lossMagnitude += ((1 + l) * (l + c) * condition) / count;
    const offset = ((1 + c) * (l * Math.abs(meanX + meanY) + (2 + l) * largeDifference)) / b1;
    const sumFactor = ((1 + l) * c) / b2;
    const differenceFactor = ((1 + l) * (2 + c)) / b2;
    eachPixel(corner, (at, weight) => {
      const slope = slopeOfMean + 2 * slopeOfVariance * (y[at] - meanY) + slopeOfCovariance * (x[at] - meanX);
      gradient[at] -= (weight * slope) / count;
      const magnitude =
        offset +
        sumFactor * (Math.abs(meanX + meanY - 1) + Math.abs(x[at] + y[at] - 1)) +
        differenceFactor * (largeDifference + Math.abs(y[at] - x[at]));
      gradientMagnitude[at] += (weight * condition * magnitude) / count;
    });
  };
  for (let image = 0; image < batch; image++) {
    for (let row = 0; row + window <= rows; row++) {
      for (let column = 0; column + window <= columns; column++) {
        for (let channel = 0; channel < channels; channel++) {
          addWindow(((image * rows + row) * columns + column) * channels + channel);
        }
      }
    }
  }
  return { loss, gradient, lossMagnitude, gradientMagnitude };
};
