/** Names and attributes of the upsampling convolution's kernels. */
import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import type { ConvolutionDevice } from './webgpu/convolution-device.ts';

/** Names of the three kernels in tfjs's registry. All take the attributes `UpsampleConvolutionAttributes`. */
export const upsampleConvolutionKernels = {
  /** x, filter -> y */
  forward: 'ResiduaUpsampleConvolution',
  /** dy, filter -> dx */
  inputGradient: 'ResiduaUpsampleConvolutionInputGradient',
  /** x, dy -> d filter */
  filterGradient: 'ResiduaUpsampleConvolutionFilterGradient',
} as const;

/** Attributes of the three kernels. */
export interface UpsampleConvolutionAttributes extends NamedAttrMap {
  /** [N, H, W, in], before the enlargement. */
  inputShape: [number, number, number, number];
  /** [3, 3, in, out] */
  filterShape: [number, number, number, number];
  /** Plans for this class of device instead of the actual one: every plan is correct on every device. */
  device?: ConvolutionDevice;
}
