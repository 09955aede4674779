/** The activations of the autoencoder that end a block or the network, each one kernel forward and one backward. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  engine,
  registerGradient,
  registerKernel,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { channelVectorsOf } from '#gpu/batch-norm/channel-plan.ts';
import { rowsAndChannels, runMoments } from '#gpu/batch-norm/reduction.ts';
import { runElementwise, vectorComponents } from '#gpu/elementwise/elementwise-program.ts';
import { releaseOutputGradient, releaseSaved } from '#gpu/tape/release.ts';

type Inputs = Readonly<Record<string, TensorInfo>>;

const elements = ({ shape }: TensorInfo): number => util.sizeFromShape(shape);

registerKernel({
  kernelName: 'ResiduaAddRelu',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
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
});

registerKernel({
  kernelName: 'ResiduaAddReluGradient',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
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
});

registerGradient({
  kernelName: 'ResiduaAddRelu',
  outputsToSave: [true],
  gradFunc: (dy, saved) => {
    const [y] = saved as [Tensor];
    const slope = engine().runKernel<Tensor>('ResiduaAddReluGradient', { y, dy: dy as Tensor });
    releaseSaved([y]);
    releaseOutputGradient(dy as Tensor);
    // A second handle: each gradient is freed by itself.
    return { a: () => slope, b: () => slope.clone() };
  },
});

registerKernel({
  kernelName: 'ResiduaBiasSigmoid',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
    const { x, bias } = inputs as Inputs as { x: TensorInfo; bias: TensorInfo };
    const { components, channelVectors } = channelVectorsOf(rowsAndChannels(x.shape).channels);
    const bits = components === 4 ? 'vec4<u32>' : 'u32';
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'bias-sigmoid',
        inputs: { x, bias },
        components,
        uniforms: [{ name: 'channelVectors', type: 'int32', value: channelVectors }],
        // NaN goes through by its bits: some devices' exp turns it into a number, which would hide a run that has diverged.
        body: /* wgsl */ `
      let sum = x[index] + bias[index % uniforms.channelVectors];
      let isNan = (bitcast<${bits}>(sum) & ${bits}(0x7fffffffu)) > ${bits}(0x7f800000u);
      result[index] = select(1.0 / (1.0 + exp(-sum)), sum, isNan);`,
      },
      x.shape,
    );
  },
});

registerKernel({
  kernelName: 'ResiduaBiasSigmoidGradient',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
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
});

registerGradient({
  kernelName: 'ResiduaBiasSigmoid',
  outputsToSave: [true],
  gradFunc: (dy, saved) => {
    const [y] = saved as [Tensor];
    const [dx, dbias] = engine().runKernel<Tensor[]>('ResiduaBiasSigmoidGradient', {
      y,
      dy: dy as Tensor,
    }) as [Tensor, Tensor];
    releaseSaved([y]);
    releaseOutputGradient(dy as Tensor);
    return { x: () => dx, bias: () => dbias };
  },
});

/**
 * ReLU of a sum: max(a + b, 0), NaN kept. Differentiable in both; the gradient at 0 is 0, as in PyTorch.
 * @param a float32 [N, H, W, C]
 * @param b like a
 * @returns like a; the caller disposes it
 * @throws RangeError where the shapes differ
 */
export const addRelu = (a: Tensor4D, b: Tensor4D): Tensor4D => {
  if (!util.arraysEqual(a.shape, b.shape)) {
    throw new RangeError(`addRelu got shapes [${a.shape}] and [${b.shape}], expected equal ones.`);
  }
  return engine().runKernel('ResiduaAddRelu', { a, b });
};

/**
 * Sigmoid of x with a bias for each channel: 1 / (1 + exp(-(x + bias))), in [0, 1]. Differentiable in both.
 * @param x float32 [N, H, W, C]
 * @param bias float32 [C]
 * @returns like x; the caller disposes it
 * @throws RangeError where the bias does not have C values
 */
export const biasSigmoid = (x: Tensor4D, bias: Tensor1D): Tensor4D => {
  if (bias.size !== x.shape[3]) {
    throw new RangeError(`biasSigmoid of [${x.shape}] got ${bias.size} biases, expected ${x.shape[3]}.`);
  }
  return engine().runKernel('ResiduaBiasSigmoid', { x, bias });
};
