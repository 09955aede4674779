/** The WASM kernel that merges moments into statistics in place. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';
import { rowsAndChannels } from './rows-and-channels.ts';
import type { MergeAttributes } from './running-statistics.ts';

registerKernel({
  kernelName: 'ResiduaMergeMoments',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { target, moments } = inputs as { target: TensorInfo; moments: TensorInfo };
    const { share, varianceFactor, between } = attrs as MergeAttributes;
    const { channels } = rowsAndChannels(target.shape);
    const kept = floatsOf(backend as BackendWasm, target);
    const seen = floatsOf(backend as BackendWasm, moments);
    for (let channel = 0; channel < channels; channel++) {
      const row = channel + channels;
      const delta = seen[channel]! - kept[channel]!;
      const change = varianceFactor * seen[row]! - kept[row]!;
      kept[channel]! += share * delta;
      kept[row]! += share * change + between * delta * delta;
    }
    return [];
  },
});
