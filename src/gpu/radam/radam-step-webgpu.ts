/** The WebGPU kernel of a RAdam step: two programs, since a program has one output. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { runElementwise } from '#gpu/elementwise/elementwise-program.ts';
import { vectorComponents } from '#gpu/elementwise/vector-components.ts';
import type { RadamStep } from './radam-step.ts';

type Inputs = Readonly<Record<'parameter' | 'gradient' | 'moments', TensorInfo>>;

registerKernel({
  kernelName: 'ResiduaRadamStep',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { parameter, gradient, moments } = inputs as Inputs;
    const step = attrs as unknown as RadamStep;
    const webgpu = backend as WebGPUBackend;
    const size = util.sizeFromShape(parameter.shape);
    const components = vectorComponents(size);
    const half = { name: 'vectors', type: 'int32', value: size / components } as const;
    runElementwise(
      webgpu,
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
      webgpu,
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
    return [];
  },
});
