/** The WebGPU kernel of a RAdam step: two programs, since a program has one output. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { changeFlat, withFlat } from '../flat/flat-webgpu.ts';
import { listOf } from '../flat/tensor-list.ts';

interface FlatTensors {
  readonly parameters: TensorInfo;
  readonly gradients: TensorInfo;
  readonly moments: TensorInfo;
  readonly numbers: TensorInfo;
}

/** `flatLayout` makes the length of every part a multiple of 64 values. */
const components = 4;

const run = (
  backend: WebGPUBackend,
  { parameters, gradients, moments, numbers }: FlatTensors,
  rectified: boolean,
): void => {
  const vectors = util.sizeFromShape(parameters.shape) / components;
  const uniforms = [{ name: 'vectors', type: 'int32', value: vectors } as const];
  runElementwise(
    backend,
    {
      name: 'radam-moments',
      inputs: { parameters, gradients },
      scalarInputs: { numbers },
      components,
      uniforms,
      body: /* wgsl */ `
      let second = index >= uniforms.vectors;
      let source = select(index, index - uniforms.vectors, second);
      let slope = gradients[source] + numbers[4] * parameters[source];
      let first = numbers[0] * result[index] + numbers[2] * slope;
      let square = numbers[1] * result[index] + numbers[3] * (slope * slope);
      result[index] = select(first, square, second);`,
    },
    moments,
  );
  runElementwise(
    backend,
    {
      name: rectified ? 'radam-parameters-rectified' : 'radam-parameters-plain',
      inputs: { moments },
      scalarInputs: { numbers },
      components,
      uniforms,
      body: /* wgsl */ `
      let divisor = ${rectified ? 'sqrt(moments[uniforms.vectors + index]) + numbers[7]' : 'Value(1.0)'};
      result[index] = numbers[6] * result[index] - numbers[5] * moments[index] / divisor;`,
    },
    parameters,
  );
};

/** Kernels of a RAdam step on WebGPU. */
export const radamStepWebgpuKernels: OpKernels = {
  ResiduaRadamStep: ({ inputs, attrs, backend }) => {
    const { moments, numbers } = inputs as { moments: TensorInfo; numbers: TensorInfo };
    const { rectified } = attrs as { rectified: boolean };
    const webgpu = backend as WebGPUBackend;
    withFlat(webgpu, listOf(inputs, 'gradient'), (gradients) =>
      changeFlat(webgpu, listOf(inputs, 'parameter'), (parameters) =>
        run(webgpu, { parameters, gradients, moments, numbers }, rectified),
      ),
    );
    return [];
  },
};
