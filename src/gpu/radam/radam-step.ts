/** The two kernels of a RAdam step: the moments in place, then the parameter in place. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { runElementwise, vectorComponents } from '#gpu/elementwise/elementwise-program.ts';

/** Numbers of one step that are the same for every parameter, computed in float64. */
export interface RadamStep {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Added to the gradient as `gradientDecay` times the parameter. */
  readonly gradientDecay: number;
  /** The parameter is scaled by this before the step: 1 without decoupled weight decay. */
  readonly parameterScale: number;
  /** Factor of the first moment in the step, all corrections included. */
  readonly stepSize: number;
  /** True where the step is divided by the root of the second moment: rho_t > 5. */
  readonly rectified: boolean;
}

export interface RadamTensors {
  readonly parameter: TensorInfo;
  readonly gradient: TensorInfo;
  /** [2, size of the parameter]: first moment, then second. */
  readonly moments: TensorInfo;
}

/**
 * Updates moments and parameter in place; nothing is allocated but two uniform buffers. All tensors are float32.
 * Whatever shares a buffer with parameter or moments changes with them.
 */
export const runRadamStep = (
  backend: WebGPUBackend,
  { parameter, gradient, moments }: RadamTensors,
  step: RadamStep,
): void => {
  const size = util.sizeFromShape(parameter.shape);
  const components = vectorComponents(size);
  const half = { name: 'vectors', type: 'int32', value: size / components } as const;
  runElementwise(
    backend,
    {
      name: 'radam-moments',
      inputs: { parameter, gradient },
      components,
      uniforms: [
        half,
        { name: 'beta1', type: 'float32', value: step.beta1 },
        { name: 'beta2', type: 'float32', value: step.beta2 },
        // 1 - beta in float64: in float32 1 - 0.999 would keep four digits.
        { name: 'share1', type: 'float32', value: 1 - step.beta1 },
        { name: 'share2', type: 'float32', value: 1 - step.beta2 },
        { name: 'gradientDecay', type: 'float32', value: step.gradientDecay },
      ],
      body: /* wgsl */ `
      let second = index >= uniforms.vectors;
      let source = select(index, index - uniforms.vectors, second);
      let slope = gradient[source] + uniforms.gradientDecay * parameter[source];
      let first = uniforms.beta1 * result[index] + uniforms.share1 * slope;
      let square = uniforms.beta2 * result[index] + uniforms.share2 * (slope * slope);
      result[index] = select(first, square, second);`,
    },
    moments,
  );
  runElementwise(
    backend,
    {
      name: step.rectified ? 'radam-parameter-rectified' : 'radam-parameter-plain',
      inputs: { moments },
      components,
      uniforms: [
        half,
        { name: 'stepSize', type: 'float32', value: step.stepSize },
        { name: 'parameterScale', type: 'float32', value: step.parameterScale },
        { name: 'epsilon', type: 'float32', value: step.epsilon },
      ],
      body: /* wgsl */ `
      let divisor = ${step.rectified ? 'sqrt(moments[uniforms.vectors + index]) + uniforms.epsilon' : 'Value(1.0)'};
      result[index] = uniforms.parameterScale * result[index] - uniforms.stepSize * moments[index] / divisor;`,
    },
    parameter,
  );
};
