/**
 * The two-dimensional transform of real images as a tfjs operation with its gradient (Eq. 2): forward unnormalized,
 * inverse with 1/MN. Sides are powers of two from 8 to 512. O(MN log MN).
 *
 * tfjs's programs do not support complex64, so a spectrum is float32 with a last axis of 2: real and imaginary part. It has
 * the columns v = 0..N/2; the others follow from F(-u, -v) = conj F(u, v).
 */
import * as tf from '@tensorflow/tfjs-core';
import { ResiduaError } from '#core/errors.ts';
import { imageShapeOf } from './image-shape.ts';
import type { WorkgroupLimits } from './plan.ts';
import { forwardName, inverseName, type TransformAttributes } from './transform-attributes.ts';

/** The layout of the input, and the cut of the work. */
export interface TransformOptions {
  /** Whether an axis of channels follows rows and columns (NHWC); false by default. */
  readonly channelsLast?: boolean;
  /** Replaces the device's workgroup limits: tests run a GPU's plan on a CPU. Ignored by the processor. */
  readonly limits?: WorkgroupLimits;
}

const runTransform = (name: string, inputs: tf.NamedTensorMap, attributes: TransformAttributes): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap);

/** The gradient of `rfft2d`. The inverse adds each interior column and its mirror image, a factor 2 that the adjoint lacks. */
export const rfft2dGradient: tf.GradConfig = {
  kernelName: forwardName,
  gradFunc: (dy, _saved, attrs) => {
    const attributes = attrs as unknown as TransformAttributes;
    return {
      x: () =>
        runTransform(
          inverseName,
          { spectrum: dy as tf.Tensor },
          { ...attributes, interior: attributes.interior / 2 },
        ),
    };
  },
};

/** The gradient of `irfft2d`, likewise. */
export const irfft2dGradient: tf.GradConfig = {
  kernelName: inverseName,
  gradFunc: (dy, _saved, attrs) => {
    const attributes = attrs as unknown as TransformAttributes;
    return {
      spectrum: () =>
        runTransform(
          forwardName,
          { x: dy as tf.Tensor },
          { ...attributes, interior: attributes.interior * 2 },
        ),
    };
  },
};

/**
 * Eq. 2 of real matrices, columns v = 0..N/2. Differentiable any number of times.
 * @param x float32 [..., M, N], or [..., M, N, C] with `channelsLast`; M and N powers of two from 8 to 512
 * @returns float32 [..., M, N/2 + 1, 2], or [..., M, N/2 + 1, C, 2]; the caller disposes it
 * @throws ResiduaError `internal` if a side is not supported.
 */
export const rfft2d = (x: tf.Tensor, { channelsLast = false, limits }: TransformOptions = {}): tf.Tensor => {
  const shape = imageShapeOf(x.shape, channelsLast);
  const leading = x.shape.slice(0, x.rank - (channelsLast ? 3 : 2));
  const spectrumShape = [
    ...leading,
    shape.rows,
    shape.columns / 2 + 1,
    ...(channelsLast ? [shape.inner] : []),
    2,
  ];
  return runTransform(
    forwardName,
    { x },
    { shape, limits, imageShape: x.shape, spectrumShape, edge: 1, interior: 1 },
  );
};

/**
 * The inverse of `rfft2d`, with its 1/MN. It uses only the real image's part of columns 0 and N/2. Differentiable.
 * @param spectrum float32 [..., M, N/2 + 1, 2], or [..., M, N/2 + 1, C, 2] with `channelsLast`
 * @returns float32 [..., M, N], or [..., M, N, C]; the caller disposes it
 * @throws ResiduaError `internal` if a side is not supported or the last axis is not 2.
 */
export const irfft2d = (
  spectrum: tf.Tensor,
  { channelsLast = false, limits }: TransformOptions = {},
): tf.Tensor => {
  const bins = spectrum.shape.slice(0, -1);
  if (spectrum.shape.at(-1) !== 2) {
    throw new ResiduaError(
      'internal',
      `An inverse transform got a tensor of shape [${spectrum.shape.join(', ')}], expected pairs in its last axis.`,
      '',
    );
  }
  const columnAxis = bins.length - (channelsLast ? 2 : 1);
  const imageShape = bins.map((count, axis) => (axis === columnAxis ? 2 * (count - 1) : count));
  const shape = imageShapeOf(imageShape, channelsLast);
  const scale = 1 / (shape.rows * shape.columns);
  return runTransform(
    inverseName,
    { spectrum },
    { shape, limits, imageShape, spectrumShape: spectrum.shape, edge: scale, interior: scale },
  );
};
