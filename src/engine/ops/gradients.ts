/** The gradients of our ops. They are those of all devices; losses have theirs within the op. */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { type GradConfig, getGradient, registerGradient } from '@tensorflow/tfjs-core';
import { addReluGradient, biasSigmoidGradient } from './activation/activation.ts';
import { addReluUpsampledGradient } from './activation/add-relu-upsampled.ts';
import { batchNormGradient } from './batch-norm/batch-norm.ts';
import { blockEndGradient, blockEndProjectionGradient } from './batch-norm/block-end.ts';
import { convolutionGradient } from './conv/convolution.ts';
import { upsampleConvolutionGradient } from './conv/upsample-convolution.ts';
import { irfft2dGradient, rfft2dGradient } from './fft/rfft2d.ts';
import { wfdlGradient } from './wfdl/wfdl.ts';

/** All of them. tfjs registers those of its own kernels when the first import above loads. */
export const gradients: readonly GradConfig[] = [
  addReluGradient,
  addReluUpsampledGradient,
  batchNormGradient,
  biasSigmoidGradient,
  blockEndGradient,
  blockEndProjectionGradient,
  convolutionGradient,
  irfft2dGradient,
  rfft2dGradient,
  upsampleConvolutionGradient,
  wfdlGradient,
];

/** Registers them with tfjs. Later calls change nothing. */
export const registerGradients = (): void => {
  for (const gradient of gradients) if (!getGradient(gradient.kernelName)) registerGradient(gradient);
};
