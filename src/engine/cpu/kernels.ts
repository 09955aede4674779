/**
 * All processor kernels: those of our ops, and those of the tfjs ops that the losses, the model and the tests
 * use.
 */

import { type OpKernels, registerKernels } from '../op-kernels.ts';
import { activationProcessorKernels } from '../ops/activation/activation-processor.ts';
import { addReluUpsampledProcessorKernels } from '../ops/activation/add-relu-upsampled-processor.ts';
import { batchNormProcessorKernels } from '../ops/batch-norm/batch-norm-processor.ts';
import { blockEndProcessorKernels } from '../ops/batch-norm/block-end-processor.ts';
import { runningStatisticsProcessorKernels } from '../ops/batch-norm/running-statistics-processor.ts';
import { convolutionProcessorKernels } from '../ops/conv/cpu/convolution-processor.ts';
import { upsampleConvolutionProcessorKernels } from '../ops/conv/cpu/upsample-convolution-processor.ts';
import { curriculumWeightProcessorKernels } from '../ops/curriculum/curriculum-weight-processor.ts';
import { inPlaceProcessorKernels } from '../ops/elementwise/in-place-processor.ts';
import { rfft2dProcessorKernels } from '../ops/fft/cpu/rfft2d-processor.ts';
import { focalProcessorKernels } from '../ops/focal-frequency/focal-processor.ts';
import { registerGradients } from '../ops/gradients.ts';
import { meanMagnitudeProcessorKernels } from '../ops/mean-magnitude/mean-magnitude-processor.ts';
import { radamStepProcessorKernels } from '../ops/radam/radam-step-processor.ts';
import { squaredErrorProcessorKernels } from '../ops/squared-error/squared-error-processor.ts';
import { ssimProcessorKernels } from '../ops/ssim/ssim-processor.ts';
import { uninitializedProcessorKernels } from '../ops/uninitialized/uninitialized-processor.ts';
import { wfdlProcessorKernels } from '../ops/wfdl/wfdl-processor.ts';
import { processorBackendName } from './processor-backend.ts';
import { binaryKernels } from './stock/binary.ts';
import { fillingKernels } from './stock/filling.ts';
import { identityKernels } from './stock/identity.ts';
import { layoutKernels } from './stock/layout.ts';
import { reductionKernels } from './stock/reduction.ts';
import { unaryKernels } from './stock/unary.ts';

/** The processor's table of kernels. */
export const processorKernels: OpKernels = {
  ...binaryKernels,
  ...fillingKernels,
  ...identityKernels,
  ...layoutKernels,
  ...reductionKernels,
  ...unaryKernels,
  ...activationProcessorKernels,
  ...addReluUpsampledProcessorKernels,
  ...batchNormProcessorKernels,
  ...blockEndProcessorKernels,
  ...convolutionProcessorKernels,
  ...curriculumWeightProcessorKernels,
  ...focalProcessorKernels,
  ...inPlaceProcessorKernels,
  ...meanMagnitudeProcessorKernels,
  ...radamStepProcessorKernels,
  ...rfft2dProcessorKernels,
  ...runningStatisticsProcessorKernels,
  ...squaredErrorProcessorKernels,
  ...ssimProcessorKernels,
  ...uninitializedProcessorKernels,
  ...upsampleConvolutionProcessorKernels,
  ...wfdlProcessorKernels,
};

/**
 * Registers the kernels and their gradients with tfjs. Later calls have no effect.
 * @param backendName name of a `ProcessorBackend`, whether it computes or only plans
 */
export const registerProcessorKernels = (backendName: string = processorBackendName): void => {
  registerGradients();
  registerKernels(backendName, processorKernels);
};
