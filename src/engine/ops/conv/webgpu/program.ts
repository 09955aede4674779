/** Runs one kernel of the convolution: the frame around its WGSL. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { dispatch, integerUniforms } from '../../../webgpu/dispatch.ts';

/** A program and its inputs. */
export interface ConvolutionProgram {
  /** Names the WGSL: two sources that differ have different keys. */
  readonly key: string;
  /** WGSL with `fn main(thread : i32)`, which guards against surplus threads. Called only when the pipeline is new. */
  readonly generate: () => string;
  readonly threads: number;
  readonly workgroupThreads: number;
  /** Inputs by name: the tensor and the components of its array's elements. */
  readonly inputs: Readonly<Record<string, readonly [TensorInfo, 1 | 4]>>;
  readonly integers: Readonly<Record<string, number>>;
  readonly resultComponents: 1 | 4;
}

/**
 * Records the kernel.
 * @param size float count of the result
 * @returns a new flat float32 tensor, which the caller owns
 */
export const runConvolutionProgram = (
  backend: WebGPUBackend,
  { key, generate, threads, workgroupThreads, inputs, integers, resultComponents }: ConvolutionProgram,
  size: number,
): TensorInfo =>
  dispatch(
    backend,
    {
      key,
      code: generate,
      workgroups: Math.ceil(threads / workgroupThreads),
      workgroupThreads,
      inputs,
      uniforms: integerUniforms(integers),
      resultComponents,
    },
    [size],
  );
