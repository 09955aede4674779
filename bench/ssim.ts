/** The SSIM loss with its gradient, ours and composed of stock tfjs ops, for timings in a browser with a running backend. */
import * as tf from '@tensorflow/tfjs-core';
import { gaussianWindow } from '#core/ssim-window.ts';
import { ssimLoss } from '#engine/ops/ssim/ssim.ts';

/** Two implementations of the same gradient, and their shared tensors. Each call returns a tensor that the caller disposes. */
export interface SsimBench {
  readonly ours: () => tf.Tensor;
  /** Depthwise convolutions with a row and a column of the window; the rest elementwise. */
  readonly stock: () => tf.Tensor;
  readonly dispose: () => void;
}

const windowSide = 11;
const sigma = 1.5;
const [c1, c2] = [1e-4, 9e-4];

/** 1 - mean SSIM by stock ops, in its usual form. */
const stockLoss = (x: tf.Tensor4D, y: tf.Tensor4D, row: tf.Tensor4D, column: tf.Tensor4D): tf.Scalar => {
  const mean = (image: tf.Tensor4D): tf.Tensor4D =>
    tf.depthwiseConv2d(tf.depthwiseConv2d(image, row, 1, 'valid'), column, 1, 'valid');
  const [meanX, meanY] = [mean(x), mean(y)];
  const [powerX, powerY, product] = [tf.square(meanX), tf.square(meanY), tf.mul(meanX, meanY)];
  const variances = tf.sub(tf.add(mean(tf.square(x)), mean(tf.square(y))), tf.add(powerX, powerY));
  const covariance = tf.sub(mean(tf.mul(x, y)), product);
  const above = tf.mul(tf.add(tf.mul(product, 2), c1), tf.add(tf.mul(covariance, 2), c2));
  const below = tf.mul(tf.add(tf.add(powerX, powerY), c1), tf.add(variances, c2));
  return tf.sub(1, tf.mean(tf.div(above, below)));
};

/** Prepares images of [batch, side, side, 3]. */
export const ssimBench = (side: number, batch: number): SsimBench => {
  const x = tf.randomUniform<tf.Rank.R4>([batch, side, side, 3], 0, 1, 'float32', 1);
  const y = tf.randomUniform<tf.Rank.R4>([batch, side, side, 3], 0, 1, 'float32', 2);
  const taps = Array.from(gaussianWindow(windowSide, sigma)).flatMap((weight) => [weight, weight, weight]);
  const row = tf.tensor4d(taps, [1, windowSide, 3, 1]);
  const column = tf.tensor4d(taps, [windowSide, 1, 3, 1]);
  const ours = tf.grad((t) => ssimLoss(x, t as tf.Tensor4D));
  const stock = tf.grad((t) => stockLoss(x, t as tf.Tensor4D, row, column));
  return {
    ours: () => ours(y),
    stock: () => tf.tidy(() => stock(y)),
    dispose: () => tf.dispose([x, y, row, column]),
  };
};
