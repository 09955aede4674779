/** All our WebGPU kernels. tfjs registers its own kernels when its backend loads. */
import '@tensorflow/tfjs-backend-webgpu';
import { type OpKernels, registerKernels } from '../op-kernels.ts';
import { activationWebgpuKernels } from '../ops/activation/activation-webgpu.ts';
import { addReluUpsampledWebgpuKernels } from '../ops/activation/add-relu-upsampled-webgpu.ts';
import { batchNormWebgpuKernels } from '../ops/batch-norm/batch-norm-webgpu.ts';
import { blockEndWebgpuKernels } from '../ops/batch-norm/block-end-webgpu.ts';
import { runningStatisticsWebgpuKernels } from '../ops/batch-norm/running-statistics-webgpu.ts';
import { convolutionWebgpuKernels } from '../ops/conv/webgpu/convolution-webgpu.ts';
import { upsampleConvolutionWebgpuKernels } from '../ops/conv/webgpu/upsample-convolution-webgpu.ts';
import { curriculumWeightWebgpuKernels } from '../ops/curriculum/curriculum-weight-webgpu.ts';
import { inPlaceWebgpuKernels } from '../ops/elementwise/in-place-webgpu.ts';
import { rfft2dWebgpuKernels } from '../ops/fft/webgpu/rfft2d-webgpu.ts';
import { flatWebgpuKernels } from '../ops/flat/flat-webgpu.ts';
import { focalWebgpuKernels } from '../ops/focal-frequency/focal-webgpu.ts';
import { registerGradients } from '../ops/gradients.ts';
import { meanMagnitudeWebgpuKernels } from '../ops/mean-magnitude/mean-magnitude-webgpu.ts';
import { radamStepWebgpuKernels } from '../ops/radam/radam-step-webgpu.ts';
import { squaredErrorWebgpuKernels } from '../ops/squared-error/squared-error-webgpu.ts';
import { ssimWebgpuKernels } from '../ops/ssim/ssim-webgpu.ts';
import { uninitializedWebgpuKernels } from '../ops/uninitialized/uninitialized-webgpu.ts';
import { wfdlWebgpuKernels } from '../ops/wfdl/wfdl-webgpu.ts';

/** WebGPU's table of kernels. */
export const webgpuKernels: OpKernels = {
  ...activationWebgpuKernels,
  ...addReluUpsampledWebgpuKernels,
  ...batchNormWebgpuKernels,
  ...blockEndWebgpuKernels,
  ...convolutionWebgpuKernels,
  ...curriculumWeightWebgpuKernels,
  ...flatWebgpuKernels,
  ...focalWebgpuKernels,
  ...inPlaceWebgpuKernels,
  ...meanMagnitudeWebgpuKernels,
  ...radamStepWebgpuKernels,
  ...rfft2dWebgpuKernels,
  ...runningStatisticsWebgpuKernels,
  ...squaredErrorWebgpuKernels,
  ...ssimWebgpuKernels,
  ...uninitializedWebgpuKernels,
  ...upsampleConvolutionWebgpuKernels,
  ...wfdlWebgpuKernels,
};

/** Registers the kernels and their gradients with tfjs. Later calls have no effect. */
export const registerWebgpuKernels = (): void => {
  registerGradients();
  registerKernels('webgpu', webgpuKernels);
};
