/** Nearest-neighbour enlargement by 2, with its gradient, one kernel each. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  engine,
  registerGradient,
  registerKernel,
  type Tensor,
  type Tensor4D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { runElementwise, vectorComponents } from '#gpu/elementwise/elementwise-program.ts';
import { releaseOutputGradient } from '#gpu/tape/release.ts';

type Shape = [number, number, number, number];

/** Uniforms of both directions: columns and channel vectors of the smaller image. */
const smallImage = (columns: number, vectors: number) =>
  [
    { name: 'columns', type: 'int32', value: columns },
    { name: 'channelVectors', type: 'int32', value: vectors },
  ] as const;

registerKernel({
  kernelName: 'ResiduaUpsampleNearest',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const [batch, rows, columns, channels] = x.shape as Shape;
    const components = vectorComponents(channels);
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'upsample-nearest',
        inputs: { x },
        components,
        uniforms: smallImage(columns, channels / components),
        // The batch needs no index of its own: an image has an even number of rows, so halving the row over the whole
        // batch stays inside the image.
        body: /* wgsl */ `
      let pixel = index / uniforms.channelVectors;
      let channel = index - pixel * uniforms.channelVectors;
      let row = pixel / (2 * uniforms.columns);
      let column = pixel - row * 2 * uniforms.columns;
      result[index] = x[((row / 2) * uniforms.columns + column / 2) * uniforms.channelVectors + channel];`,
      },
      [batch, rows * 2, columns * 2, channels],
    );
  },
});

registerKernel({
  kernelName: 'ResiduaUpsampleNearestGradient',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
    const { dy } = inputs as { dy: TensorInfo };
    const [batch, rows, columns, channels] = dy.shape as Shape;
    const components = vectorComponents(channels);
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'upsample-nearest-gradient',
        inputs: { dy },
        components,
        uniforms: smallImage(columns / 2, channels / components),
        body: /* wgsl */ `
      let pixel = index / uniforms.channelVectors;
      let channel = index - pixel * uniforms.channelVectors;
      let row = pixel / uniforms.columns;
      let column = pixel - row * uniforms.columns;
      let stride = 2 * uniforms.columns * uniforms.channelVectors;
      let corner = 2 * row * stride + 2 * column * uniforms.channelVectors + channel;
      result[index] = (dy[corner] + dy[corner + uniforms.channelVectors])
        + (dy[corner + stride] + dy[corner + stride + uniforms.channelVectors]);`,
      },
      [batch, rows / 2, columns / 2, channels],
    );
  },
});

registerGradient({
  kernelName: 'ResiduaUpsampleNearest',
  gradFunc: (dy) => {
    const dx = engine().runKernel<Tensor>('ResiduaUpsampleNearestGradient', { dy: dy as Tensor });
    releaseOutputGradient(dy as Tensor);
    return { x: () => dx };
  },
});

/**
 * Repeats every pixel in a 2x2 square, as `torch.nn.Upsample(scale_factor=2)`. Differentiable.
 * @param x float32 [N, H, W, C]
 * @returns float32 [N, 2H, 2W, C]; the caller disposes it
 */
export const upsampleNearest = (x: Tensor4D): Tensor4D => engine().runKernel('ResiduaUpsampleNearest', { x });
