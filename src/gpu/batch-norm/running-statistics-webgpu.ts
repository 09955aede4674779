/** The WebGPU kernel that merges moments into statistics in place. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { runElementwise } from '#gpu/elementwise/elementwise-program.ts';
import { vectorComponents } from '#gpu/elementwise/vector-components.ts';
import { rowsAndChannels } from './rows-and-channels.ts';
import type { MergeAttributes } from './running-statistics.ts';

registerKernel({
  kernelName: 'ResiduaMergeMoments',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { target, moments } = inputs as { target: TensorInfo; moments: TensorInfo };
    const { share, varianceFactor, between } = attrs as MergeAttributes;
    const { channels } = rowsAndChannels(target.shape);
    const components = vectorComponents(channels);
    runElementwise(
      backend as WebGPUBackend,
      {
        name: 'batch-norm-merge',
        inputs: { moments },
        components,
        uniforms: [
          { name: 'vectors', type: 'int32', value: channels / components },
          { name: 'share', type: 'float32', value: share },
          { name: 'varianceFactor', type: 'float32', value: varianceFactor },
          { name: 'between', type: 'float32', value: between },
        ],
        // One thread has both rows of a channel, since the variance needs the mean from before.
        body: /* wgsl */ `
      if (index < uniforms.vectors) {
        let row = index + uniforms.vectors;
        let delta = moments[index] - result[index];
        let change = uniforms.varianceFactor * moments[row] - result[row];
        result[index] = result[index] + uniforms.share * delta;
        result[row] = result[row] + uniforms.share * change + uniforms.between * delta * delta;
      }`,
      },
      target,
    );
    return [];
  },
});
