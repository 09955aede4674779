/** Names and attributes of the convolution's kernels. */
import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import type { ConvolutionDevice } from './webgpu/convolution-device.ts';

/** Names of the three kernels in tfjs's registry. All use the attributes `ConvolutionAttributes`. */
export const convolutionKernels = {
  /** x, filter -> y */
  forward: 'ResiduaConvolution',
  /** dy, filter -> dx */
  inputGradient: 'ResiduaConvolutionInputGradient',
  /** x, dy -> d filter */
  filterGradient: 'ResiduaConvolutionFilterGradient',
} as const;

type Shape = [number, number, number, number];

/** Attributes of the three kernels. */
export interface ConvolutionAttributes extends NamedAttrMap {
  stride: number;
  /** [N, H, W, in]: the gradients cannot derive it from dy if the stride is not 1. */
  inputShape: Shape;
  filterShape: Shape;
  /**
   * Uses the plan for this class of device instead of the actual device's. Every plan is correct on every
   * device.
   */
  device?: ConvolutionDevice;
}
