/** The WebGPU kernel of a RAdam step: three programs, each of which needs all results of the one before. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { dispatch, integerUniforms } from '../../webgpu/dispatch.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { flatAlignment } from '../flat/flat-layout.ts';
import { changeFlat, withFlat } from '../flat/flat-webgpu.ts';
import { listOf } from '../flat/tensor-list.ts';
import { refusedGradientBits } from './radam-step.ts';

type OtherTensors = Readonly<Record<'moments' | 'numbers' | 'loss' | 'refused' | 'filled', TensorInfo>>;

interface FlatTensors extends OtherTensors {
  readonly parameters: TensorInfo;
  readonly gradients: TensorInfo;
}

/** `flatLayout` makes the length of every part a multiple of 64 values. */
const components = 4;

const checkThreads = 256;

/**
 * Compares bits, because a compiler may assume that no value is infinite or NaN. Threads that find such a value all store the
 * same one. The gaps of the layout have arbitrary contents.
 */
const checkCode = (): string => /* wgsl */ `
  const signless = vec4<u32>(0x7fffffffu);
  fn main(thread : i32) {
    if (thread >= uniforms.vectors) {
      return;
    }
    let first = thread % ${flatAlignment / components} * ${components};
    let count = i32(filled[thread / ${flatAlignment / components}]);
    let isValue = vec4<i32>(first, first + 1, first + 2, first + 3) < vec4<i32>(count);
    let bits = select(vec4<u32>(0u), bitcast<vec4<u32>>(gradients[thread]) & signless, isValue);
    let lossBits = bitcast<u32>(loss[0]) & 0x7fffffffu;
    if (any(bits >= vec4<u32>(${refusedGradientBits}u)) || lossBits >= 0x7f800000u) {
      result[0] = 1.0;
    }
  }`;

const run = (
  backend: WebGPUBackend,
  { parameters, gradients, moments, numbers, loss, refused, filled }: FlatTensors,
  rectified: boolean,
): void => {
  const vectors = util.sizeFromShape(parameters.shape) / components;
  const uniforms = integerUniforms({ vectors });
  dispatch(
    backend,
    {
      key: 'radam-check',
      code: checkCode,
      workgroups: Math.ceil(vectors / checkThreads),
      workgroupThreads: checkThreads,
      inputs: { gradients: [gradients, components], loss: [loss, 1], filled: [filled, 1] },
      uniforms,
      resultComponents: 1,
    },
    refused,
  );
  runElementwise(
    backend,
    {
      name: 'radam-moments',
      inputs: { parameters, gradients },
      scalarInputs: { numbers, refused },
      components,
      uniforms,
      body: /* wgsl */ `
      if (refused[0] != 0.0) {
        return;
      }
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
      scalarInputs: { numbers, refused },
      components,
      uniforms,
      body: /* wgsl */ `
      if (refused[0] != 0.0) {
        return;
      }
      let divisor = ${rectified ? 'sqrt(moments[uniforms.vectors + index]) + numbers[7]' : 'Value(1.0)'};
      result[index] = numbers[6] * result[index] - numbers[5] * moments[index] / divisor;`,
    },
    parameters,
  );
};

/** Kernels of a RAdam step on WebGPU. */
export const radamStepWebgpuKernels: OpKernels = {
  ResiduaRadamStep: ({ inputs, attrs, backend }) => {
    const { moments, numbers, loss, refused, filled } = inputs as OtherTensors;
    const { rectified } = attrs as { rectified: boolean };
    const webgpu = backend as WebGPUBackend;
    withFlat(webgpu, listOf(inputs, 'gradient'), (gradients) =>
      changeFlat(webgpu, listOf(inputs, 'parameter'), (parameters) =>
        run(webgpu, { parameters, gradients, moments, numbers, loss, refused, filled }, rectified),
      ),
    );
    return [];
  },
};
