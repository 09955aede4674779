/** Batch norm's WebGPU kernels. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { vectorComponents } from '../elementwise/vector-components.ts';
import { type BatchNormAttributes, type BatchNormInputs, batchNormKernels } from './batch-norm-kernels.ts';
import { runNormalization, runNormalizationGradient } from './normalization-webgpu.ts';
import { rowsAndChannels } from './rows-and-channels.ts';

/** WGSL: the normalized x (`normal`), its scale, and the output before ReLU (`y`), at `index`. */
const normalize = /* wgsl */ `
      let channel = index % uniforms.channelVectors;
      let weight = affine[channel];
      let inverse = 1.0 / sqrt(moments[uniforms.channelVectors + channel] + uniforms.epsilon);
      let normal = (x[index] - moments[channel]) * inverse;
      let y = normal * weight + affine[uniforms.channelVectors + channel];`;

const runNormalize = (
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
      body: `${normalize}
      result[index] = ${relu ? 'select(y, Value(0.0), y < Value(0.0))' : 'y'};`,
    },
    x.shape,
  );
};

/** Kernels of batch normalization on WebGPU. */
export const batchNormWebgpuKernels: OpKernels = {
  [batchNormKernels.train]: ({ inputs, attrs, backend }) => {
    const { x, affine } = inputs as BatchNormInputs;
    return [...runNormalization(backend as WebGPUBackend, { x, affine }, attrs as BatchNormAttributes)];
  },

  [batchNormKernels.trainGradient]: ({ inputs, attrs, backend }) => {
    const { x, affine, moments: statistics, dy } = inputs as BatchNormInputs;
    const { dx, daffine } = runNormalizationGradient(
      backend as WebGPUBackend,
      { x, affine, statistics, dy },
      attrs as BatchNormAttributes,
    );
    return [dx, daffine];
  },

  [batchNormKernels.apply]: ({ inputs, attrs, backend }) =>
    runNormalize(backend as WebGPUBackend, inputs as BatchNormInputs, attrs as BatchNormAttributes),
};
