/** What a convolution's kernels give the tape, alone or behind an enlargement. */
import { engine, type GradConfig, type Tensor } from '@tensorflow/tfjs-core';
import { releaseOutputGradient, releaseSaved } from '../tape/release.ts';

/** Names of the kernels of one convolution. */
export interface ConvolutionKernels {
  readonly forward: string;
  /** Of `dy` and `filter`. */
  readonly inputGradient: string;
  /** Of `x` and `dy`. */
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
      // The tape asks for the inputs in their order: what the op kept is used up with the last of them.
      filter: () => {
        const gradient = engine().runKernel<Tensor>(filterGradient, { x, dy }, attributes);
        releaseSaved(saved);
        releaseOutputGradient(dy);
        return gradient;
      },
    };
  },
});
