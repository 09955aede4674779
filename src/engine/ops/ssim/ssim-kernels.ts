/** Names, inputs and attributes of the SSIM kernels. */
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { SsimShape } from './ssim-plan.ts';

/**
 * Inputs x and y, float32 [B, M, N, C]. Outputs: the loss, a float32 scalar, and maps of the windows for the gradient kernel,
 * float32; each backend chooses its size.
 */
export const ssimKernel = 'ResiduaSsim';

/** Inputs x, y, the maps from `ssimKernel`, and dy, a float32 scalar. Output: the gradient in y, of y's shape. */
export const ssimGradientKernel = 'ResiduaSsimGradient';

export interface SsimAttributes extends NamedAttrMap {
  /** Side of the window in pixels. */
  window: number;
  /** Standard deviation of the window in pixels. */
  sigma: number;
  c1: number;
  c2: number;
}

export type SsimInputs = Readonly<Record<'x' | 'y', TensorInfo>>;
export type SsimGradientInputs = Readonly<Record<'x' | 'y' | 'maps' | 'dy', TensorInfo>>;

/** The sizes of an image tensor. */
export const ssimShapeOf = ([
  batch = 0,
  rows = 0,
  columns = 0,
  channels = 0,
]: readonly number[]): SsimShape => ({
  batch,
  rows,
  columns,
  channels,
});
