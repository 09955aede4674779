/** The gradients of a convolution, with or without an enlargement before it. */
import { engine, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';
import { releaseOutputGradient, releaseSaved } from '../tape/release.ts';

/** Names of the kernels of one convolution. */
export interface ConvolutionKernels {
  readonly forward: string;
  /** Has the inputs `dy` and `filter`. */
  readonly inputGradient: string;
  /** Has the inputs `x` and `dy`. */
  readonly filterGradient: string;
}

/** The gradients of `forward` in its inputs `x` and `filter`. */
export const gradientOfConvolution = ({
  forward,
  inputGradient,
  filterGradient,
}: ConvolutionKernels): GradConfig => ({
  kernelName: forward,
  inputsToSave: ['x', 'filter'],
  gradFunc: (outputGradient, saved, attributes) => {
    const dy = outputGradient as Tensor;
    const [x, filter] = saved as [Tensor, Tensor];
    return {
      x: () => engine().runKernel<Tensor>(inputGradient, { dy, filter }, attributes),
      // The tape calls these functions in the order of the inputs, so the saved tensors can be freed after
      // the last.
      filter: () => {
        const gradient = engine().runKernel<Tensor>(filterGradient, { x, dy }, attributes);
        releaseSaved(saved);
        releaseOutputGradient(dy);
        return gradient;
      },
    };
  },
});
