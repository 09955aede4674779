/** The processor's kernel that merges moments into statistics in place. */
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import * as kernels from '../processor/kernel-numbers.ts';
import { floatWord } from '../processor/processor.ts';
import { type ProcessorBackend, processorBackendName } from '../processor/processor-backend.ts';
import { rowsAndChannels } from './rows-and-channels.ts';
import type { MergeAttributes } from './running-statistics.ts';

registerKernel({
  kernelName: 'ResiduaMergeMoments',
  backendName: processorBackendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { target, moments } = inputs as Readonly<Record<'target' | 'moments', TensorInfo>>;
    const { share, varianceFactor, between } = attrs as MergeAttributes;
    const processor = backend as ProcessorBackend;
    processor.run({
      kernel: kernels.mergeMoments,
      words: [
        processor.addressOf(target),
        processor.addressOf(moments),
        rowsAndChannels(target.shape).channels,
        ...[share, varianceFactor, between].map(floatWord),
      ],
      chunks: 1,
    });
    return [];
  },
});
