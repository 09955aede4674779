/** The SSIM loss, 1 - mean SSIM, with its analytic gradient as one tfjs operation. */
import * as tf from '@tensorflow/tfjs-core';
import { ResiduaError } from '#core/errors.ts';
import { releaseOutputGradient, releaseSaved } from '../tape/release.ts';
import { type SsimAttributes, ssimGradientKernel, ssimKernel, ssimShapeOf } from './ssim-kernels.ts';
import { windowCounts } from './ssim-plan.ts';

/** Options of SSIM. The images' range L is 1. */
export interface SsimOptions {
  /** Side of the square window in pixels: odd, at most 31; 11 by default. */
  readonly window?: number;
  /** Standard deviation of the window's Gaussian in pixels, above 0; 1.5 by default. */
  readonly sigma?: number;
  /** Stabilizes the comparison of means: C1 = (K1 L)^2; above 0, 0.01 by default. */
  readonly k1?: number;
  /** Stabilizes the comparison of variances: C2 = (K2 L)^2; above 0, 0.03 by default. */
  readonly k2?: number;
}

/** The kernels hold a whole window in registers. */
const largestWindow = 31;

const attributesOf = ({ window = 11, sigma = 1.5, k1 = 0.01, k2 = 0.03 }: SsimOptions): SsimAttributes => {
  if (!Number.isInteger(window) || window % 2 === 0 || window < 1 || window > largestWindow) {
    throw new ResiduaError(
      'config-invalid',
      `The SSIM window is ${window} pixels wide, expected an odd whole number from 1 to ${largestWindow}.`,
      'Choose an odd window within this range.',
    );
  }
  for (const [name, value] of Object.entries({ sigma, K1: k1, K2: k2 })) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new ResiduaError(
        'config-invalid',
        `The SSIM loss got ${name} = ${value}, expected a finite number above 0.`,
        'Correct it and try again.',
      );
    }
  }
  return { window, sigma, c1: k1 ** 2, c2: k2 ** 2 };
};

const checkShapes = (x: tf.Tensor4D, y: tf.Tensor4D, window: number): void => {
  if (!tf.util.arraysEqual(x.shape, y.shape)) {
    throw new ResiduaError(
      'internal',
      `The loss compares images of shape [${x.shape.join(', ')}] and [${y.shape.join(', ')}], expected one shape.`,
      '',
    );
  }
  const shape = ssimShapeOf(x.shape);
  const counts = windowCounts(shape, window);
  if (counts.rows < 1 || counts.columns < 1) {
    throw new ResiduaError(
      'config-invalid',
      `The SSIM window of ${window} x ${window} pixels does not fit into images of ${shape.rows} x ${shape.columns} pixels.`,
      'Choose larger images or a smaller window.',
    );
  }
};

/**
 * The loss as a function of y alone. A custom gradient rather than a registered one: for the kernel's second output tfjs
 * would make a gradient of zeros on the CPU in every step.
 */
const lossOfY = (x: tf.Tensor4D, attributes: SsimAttributes) =>
  tf.customGrad((...given) => {
    const [y, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const [value, maps] = tf.engine().runKernel<tf.Tensor[]>(ssimKernel, { x, y }, attributes);
    save([x, y, maps]);
    return {
      value,
      gradFunc: (dy, saved) => {
        const [savedX, savedY, savedMaps] = saved;
        const gradient: tf.Tensor = tf
          .engine()
          .runKernel(ssimGradientKernel, { x: savedX, y: savedY, maps: savedMaps, dy }, attributes);
        releaseSaved(saved);
        releaseOutputGradient(dy);
        return gradient;
      },
    };
  });

/**
 * 1 - SSIM, averaged over batch, channels and all windows inside the image. Differentiable in `y` only; SSIM is symmetric, so
 * swap the images for the gradient in the other one. Same inputs, same device: same bits.
 * Source: Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004, Eq. 13.
 * @param x float32 [B, M, N, C] in [0, 1]; each side at least the window's
 * @param y likewise
 * @returns a float32 scalar from 0 (equal images) to 2, which the caller disposes
 * @throws ResiduaError `config-invalid` if the window is larger than the image or an option is out of its range,
 *   `internal` where the shapes differ.
 */
export const ssimLoss = (x: tf.Tensor4D, y: tf.Tensor4D, options: SsimOptions = {}): tf.Scalar => {
  const attributes = attributesOf(options);
  checkShapes(x, y, attributes.window);
  return lossOfY(x, attributes)(y) as tf.Scalar;
};
