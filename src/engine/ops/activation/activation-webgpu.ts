/** The WebGPU kernels of the activations. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { runMoments } from '../batch-norm/reduction.ts';
import { rowsAndChannels } from '../batch-norm/rows-and-channels.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { vectorComponents } from '../elementwise/vector-components.ts';

type Inputs = Readonly<Record<string, TensorInfo>>;

const elements = ({ shape }: TensorInfo): number => util.sizeFromShape(shape);

/** Kernels of the activations on WebGPU. */
export const activationWebgpuKernels: OpKernels = {
  ResiduaAddRelu: ({ inputs, backend }) => {
    const { a, b } = inputs as Inputs as { a: TensorInfo; b: TensorInfo };
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'add-relu',
        inputs: { a, b },
        components: vectorComponents(elements(a)),
        // A comparison, not max: max may turn NaN into 0 and hide a run that has diverged.
        body: /* wgsl */ `
      let sum = a[index] + b[index];
      result[index] = select(sum, Value(0.0), sum < Value(0.0));`,
      },
      a.shape,
    );
  },

  ResiduaAddReluGradient: ({ inputs, backend }) => {
    const { y, dy } = inputs as Inputs as { y: TensorInfo; dy: TensorInfo };
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'add-relu-gradient',
        inputs: { y, dy },
        components: vectorComponents(elements(y)),
        body: 'result[index] = select(Value(0.0), dy[index], y[index] > Value(0.0));',
      },
      y.shape,
    );
  },

  ResiduaBiasSigmoid: ({ inputs, backend }) => {
    const { x, bias } = inputs as Inputs as { x: TensorInfo; bias: TensorInfo };
    const { channels } = rowsAndChannels(x.shape);
    const components = vectorComponents(channels);
    const bits = components === 4 ? 'vec4<u32>' : 'u32';
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'bias-sigmoid',
        inputs: { x, bias },
        components,
        uniforms: [{ name: 'channelVectors', type: 'int32', value: channels / components }],
        // NaN goes through by its bits: some devices' exp turns it into a number, which would hide a run that has diverged.
        body: /* wgsl */ `
      let sum = x[index] + bias[index % uniforms.channelVectors];
      let isNan = (bitcast<${bits}>(sum) & ${bits}(0x7fffffffu)) > ${bits}(0x7f800000u);
      result[index] = select(1.0 / (1.0 + exp(-sum)), sum, isNan);`,
      },
      x.shape,
    );
  },

  ResiduaBiasSigmoidGradient: ({ inputs, backend }) => {
    const { y, dy } = inputs as Inputs as { y: TensorInfo; dy: TensorInfo };
    const webgpu = backend as WebGPUBackend;
    const { rows, channels } = rowsAndChannels(y.shape);
    const dx = runElementwise(
      webgpu,
      {
        name: 'sigmoid-gradient',
        inputs: { y, dy },
        components: vectorComponents(elements(y)),
        body: 'result[index] = dy[index] * y[index] * (1.0 - y[index]);',
      },
      y.shape,
    );
    const moments = runMoments(webgpu, dx);
    const dbias = runElementwise(
      webgpu,
      {
        name: 'sum-of-mean',
        inputs: { moments },
        components: 1,
        uniforms: [{ name: 'rows', type: 'float32', value: rows }],
        body: 'result[index] = moments[index] * uniforms.rows;',
      },
      [channels],
    );
    webgpu.disposeData(moments.dataId);
    return [dx, dbias];
  },
};
