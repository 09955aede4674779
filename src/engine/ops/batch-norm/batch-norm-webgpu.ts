/** Batch normalisation's WebGPU kernels: reductions over the rows, then one elementwise program. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { vectorComponents } from '../elementwise/vector-components.ts';
import { type BatchNormAttributes, type BatchNormInputs, batchNormKernels } from './batch-norm-kernels.ts';
import { runGradientSums, runMoments } from './reduction.ts';
import { rowsAndChannels } from './rows-and-channels.ts';

/** WGSL: the normalised x (`normal`), its scale, and the output before ReLU (`y`), at `index`. */
const normalise = /* wgsl */ `
      let channel = index % uniforms.channelVectors;
      let weight = affine[channel];
      let inverse = 1.0 / sqrt(moments[uniforms.channelVectors + channel] + uniforms.epsilon);
      let normal = (x[index] - moments[channel]) * inverse;
      let y = normal * weight + affine[uniforms.channelVectors + channel];`;

const runNormalise = (
  backend: WebGPUBackend,
  { x, moments, affine }: Pick<BatchNormInputs, 'x' | 'moments' | 'affine'>,
  { epsilon, relu }: BatchNormAttributes,
): TensorInfo => {
  const { channels } = rowsAndChannels(x.shape);
  const components = vectorComponents(channels);
  return runElementwise(
    backend,
    {
      name: relu ? 'batch-norm-relu' : 'batch-norm',
      inputs: { x, moments, affine },
      components,
      uniforms: [
        { name: 'channelVectors', type: 'int32', value: channels / components },
        { name: 'epsilon', type: 'float32', value: epsilon },
      ],
      // A comparison, not max: max may turn NaN into 0 and hide a run that has diverged.
      body: `${normalise}
      result[index] = ${relu ? 'select(y, Value(0.0), y < Value(0.0))' : 'y'};`,
    },
    x.shape,
  );
};

const runInputGradient = (
  backend: WebGPUBackend,
  { x, dy, moments, affine }: BatchNormInputs,
  sums: TensorInfo,
  { epsilon, relu }: BatchNormAttributes,
): TensorInfo => {
  const { rows, channels } = rowsAndChannels(x.shape);
  const components = vectorComponents(channels);
  return runElementwise(
    backend,
    {
      name: relu ? 'batch-norm-gradient-relu' : 'batch-norm-gradient',
      inputs: { x, dy, moments, affine, sums },
      components,
      uniforms: [
        { name: 'channelVectors', type: 'int32', value: channels / components },
        { name: 'epsilon', type: 'float32', value: epsilon },
        { name: 'inverseRows', type: 'float32', value: 1 / rows },
      ],
      body: /* wgsl */ `${normalise}
      let slope = ${relu ? 'select(Value(0.0), dy[index], y > Value(0.0))' : 'dy[index]'};
      let average = (sums[uniforms.channelVectors + channel] + normal * sums[channel]) * uniforms.inverseRows;
      result[index] = weight * inverse * (slope - average);`,
    },
    x.shape,
  );
};

/** Kernels of batch normalization on WebGPU. */
export const batchNormWebgpuKernels: OpKernels = {
  [batchNormKernels.train]: ({ inputs, attrs, backend }) => {
    const { x, affine } = inputs as BatchNormInputs;
    const webgpu = backend as WebGPUBackend;
    const moments = runMoments(webgpu, x);
    return [runNormalise(webgpu, { x, moments, affine }, attrs as BatchNormAttributes), moments];
  },

  [batchNormKernels.trainGradient]: ({ inputs, attrs, backend }) => {
    const given = inputs as BatchNormInputs;
    const webgpu = backend as WebGPUBackend;
    const sums = runGradientSums(webgpu, given, attrs as BatchNormAttributes);
    return [runInputGradient(webgpu, given, sums, attrs as BatchNormAttributes), sums];
  },

  [batchNormKernels.apply]: ({ inputs, attrs, backend }) =>
    runNormalise(backend as WebGPUBackend, inputs as BatchNormInputs, attrs as BatchNormAttributes),
};
