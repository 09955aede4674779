/** The kernels of `addReluUpsampled` for tfjs's WebGPU backend. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { vectorComponents } from '../elementwise/vector-components.ts';
import { addReluUpsampledKernels } from './add-relu-upsampled-kernels.ts';

type Inputs = Readonly<Record<'a' | 'b' | 'y' | 'dy', TensorInfo>>;
type Shape = [number, number, number, number];

/** Uniforms of both directions: columns and channel vectors of the smaller image. */
const smallImage = (columns: number, vectors: number) =>
  [
    { name: 'columns', type: 'int32', value: columns },
    { name: 'channelVectors', type: 'int32', value: vectors },
  ] as const;

const slopeOf = (backend: WebGPUBackend, { y, dy }: Pick<Inputs, 'y' | 'dy'>): TensorInfo =>
  runElementwise(
    backend,
    {
      name: 'add-relu-upsampled-gradient',
      inputs: { y, dy },
      components: vectorComponents(util.sizeFromShape(y.shape)),
      body: 'result[index] = select(Value(0.0), dy[index], y[index] > Value(0.0));',
    },
    y.shape,
  );

const sumOfFour = (backend: WebGPUBackend, slope: TensorInfo): TensorInfo => {
  const [batch, rows, columns, channels] = slope.shape as Shape;
  const components = vectorComponents(channels);
  return runElementwise(
    backend,
    {
      name: 'sum-of-four-pixels',
      inputs: { slope },
      components,
      uniforms: smallImage(columns / 2, channels / components),
      body: /* wgsl */ `
      let pixel = index / uniforms.channelVectors;
      let channel = index - pixel * uniforms.channelVectors;
      let row = pixel / uniforms.columns;
      let column = pixel - row * uniforms.columns;
      let stride = 2 * uniforms.columns * uniforms.channelVectors;
      let corner = 2 * row * stride + 2 * column * uniforms.channelVectors + channel;
      result[index] = (slope[corner] + slope[corner + uniforms.channelVectors])
        + (slope[corner + stride] + slope[corner + stride + uniforms.channelVectors]);`,
    },
    [batch, rows / 2, columns / 2, channels],
  );
};

/** Kernels of `addReluUpsampled` on WebGPU. */
export const addReluUpsampledWebgpuKernels: OpKernels = {
  [addReluUpsampledKernels.forward]: ({ inputs, backend }) => {
    const { a, b } = inputs as Inputs;
    const [, , columns, channels] = b.shape as Shape;
    const components = vectorComponents(channels);
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'add-relu-upsampled',
        inputs: { a, b },
        components,
        uniforms: smallImage(columns, channels / components),
        // The batch needs no separate index: an image has an even number of rows, so halving the row number
        // within the whole batch stays inside the image. A comparison, not max: max may turn NaN into 0 and
        // hide a run that has diverged.
        body: /* wgsl */ `
      let pixel = index / uniforms.channelVectors;
      let channel = index - pixel * uniforms.channelVectors;
      let row = pixel / (2 * uniforms.columns);
      let column = pixel - row * 2 * uniforms.columns;
      let sum = a[index] + b[((row / 2) * uniforms.columns + column / 2) * uniforms.channelVectors + channel];
      result[index] = select(sum, Value(0.0), sum < Value(0.0));`,
      },
      a.shape,
    );
  },

  [addReluUpsampledKernels.gradient]: ({ inputs, backend }) => {
    const webgpu = backend as WebGPUBackend;
    const da = slopeOf(webgpu, inputs as Inputs);
    return [da, sumOfFour(webgpu, da)];
  },
};
