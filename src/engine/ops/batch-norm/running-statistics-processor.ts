/** The processor's kernel that merges moments into statistics in place. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { listOf } from '../flat/tensor-list.ts';
import { mergeCall } from './batch-norm-calls.ts';
import { rowsAndChannels } from './rows-and-channels.ts';
import { type MergeAttributes, momentsOfTargets } from './running-statistics.ts';

const floatBytes = 4;

/** Kernels of running statistics on the processor. */
export const runningStatisticsProcessorKernels: OpKernels = {
  ResiduaMergeMoments: ({ inputs, attrs, backend }) => {
    const processor = backend as ProcessorBackend;
    const { numbers } = inputs as Readonly<Record<'numbers', TensorInfo>>;
    const { varianceFactors, onlyFinite } = attrs as MergeAttributes;
    const sources = momentsOfTargets(attrs as MergeAttributes);
    const moments = listOf(inputs, 'moments');
    const pairs = listOf(inputs, 'target').map((target, index) => {
      const { channels } = rowsAndChannels(target.shape);
      const { tensor, row } = sources[index]!;
      return {
        target: processor.addressOf(target),
        moments: processor.addressOf(moments[tensor]!) + row * channels * floatBytes,
        channels,
        varianceFactor: varianceFactors[index]!,
      };
    });
    processor.run(mergeCall(processor.addressOf(numbers), pairs, onlyFinite));
    return [];
  },
};
