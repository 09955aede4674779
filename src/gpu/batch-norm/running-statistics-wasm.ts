/** The WASM kernel that merges moments into statistics in place. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { listOf } from '#gpu/flat/tensor-list.ts';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';
import { rowsAndChannels } from './rows-and-channels.ts';
import type { MergeAttributes } from './running-statistics.ts';

registerKernel({
  kernelName: 'ResiduaMergeMoments',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const wasm = backend as BackendWasm;
    const { varianceFactors } = attrs as MergeAttributes;
    const { numbers } = inputs as { numbers: TensorInfo };
    const [share, between] = floatsOf(wasm, numbers) as unknown as [number, number];
    const moments = listOf(inputs, 'moments');
    for (const [index, target] of listOf(inputs, 'target').entries()) {
      const { channels } = rowsAndChannels(target.shape);
      const kept = floatsOf(wasm, target);
      const seen = floatsOf(wasm, moments[index]!);
      for (let channel = 0; channel < channels; channel++) {
        const row = channel + channels;
        const delta = seen[channel]! - kept[channel]!;
        const change = varianceFactors[index]! * seen[row]! - kept[row]!;
        kept[channel]! += share * delta;
        kept[row]! += share * change + between * delta * delta;
      }
    }
    return [];
  },
});
