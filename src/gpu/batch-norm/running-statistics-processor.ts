/** The processor's kernel that merges moments into statistics in place. */
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { storeNumberCall } from '../elementwise/in-place-calls.ts';
import { type ProcessorBackend, processorBackendName } from '../processor/processor-backend.ts';
import { mergeCall } from './batch-norm-calls.ts';
import { rowsAndChannels } from './rows-and-channels.ts';
import type { MergeAttributes } from './running-statistics.ts';

registerKernel({
  kernelName: 'ResiduaMergeMoments',
  backendName: processorBackendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { target, moments } = inputs as Readonly<Record<'target' | 'moments', TensorInfo>>;
    const { share, varianceFactor, between } = attrs as MergeAttributes;
    const processor = backend as ProcessorBackend;
    const numbers = processor.makeOutput([2]);
    const address = processor.addressOf(numbers);
    processor.run(storeNumberCall(address, 0, share));
    processor.run(storeNumberCall(address, 1, between));
    processor.run(
      mergeCall(address, [
        {
          target: processor.addressOf(target),
          moments: processor.addressOf(moments),
          channels: rowsAndChannels(target.shape).channels,
          varianceFactor,
        },
      ]),
    );
    processor.disposeData(numbers.dataId);
    return [];
  },
});
