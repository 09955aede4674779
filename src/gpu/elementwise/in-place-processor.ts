/** The processor's kernels of the ops that overwrite a tensor in place. */
import { registerKernel, type TensorInfo, util } from '@tensorflow/tfjs-core';
import * as kernels from '../processor/kernel-numbers.ts';
import { floatWord } from '../processor/processor.ts';
import { type ProcessorBackend, processorBackendName } from '../processor/processor-backend.ts';
import { elementChunks } from './element-chunks.ts';
import { accumulateCall } from './in-place-calls.ts';

const floatBytes = 4;

registerKernel({
  kernelName: 'ResiduaCopyInto',
  backendName: processorBackendName,
  kernelFunc: ({ inputs, backend }) => {
    const { target, source } = inputs as Readonly<Record<'target' | 'source', TensorInfo>>;
    const processor = backend as ProcessorBackend;
    const size = util.sizeFromShape(target.shape);
    processor.run({
      kernel: kernels.copy,
      words: [processor.addressOf(target), processor.addressOf(source), size],
      chunks: elementChunks(size),
    });
    return [];
  },
});

registerKernel({
  kernelName: 'ResiduaFillZero',
  backendName: processorBackendName,
  kernelFunc: ({ inputs, backend }) => {
    const { target } = inputs as Readonly<Record<'target', TensorInfo>>;
    const processor = backend as ProcessorBackend;
    const size = util.sizeFromShape(target.shape);
    processor.run({
      kernel: kernels.fill,
      words: [processor.addressOf(target), floatWord(0), size],
      chunks: elementChunks(size),
    });
    return [];
  },
});

registerKernel({
  kernelName: 'ResiduaAccumulate',
  backendName: processorBackendName,
  kernelFunc: ({ inputs, backend }) => {
    const { target, source } = inputs as Readonly<Record<'target' | 'source', TensorInfo>>;
    const processor = backend as ProcessorBackend;
    processor.run(
      accumulateCall([
        {
          target: processor.addressOf(target),
          source: processor.addressOf(source),
          size: util.sizeFromShape(target.shape),
        },
      ]),
    );
    return [];
  },
});

registerKernel({
  kernelName: 'ResiduaStoreValue',
  backendName: processorBackendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { target, value } = inputs as Readonly<Record<'target' | 'value', TensorInfo>>;
    const { index } = attrs as { index: number };
    const processor = backend as ProcessorBackend;
    processor.run({
      kernel: kernels.copy,
      words: [processor.addressOf(target) + index * floatBytes, processor.addressOf(value), 1],
      chunks: 1,
    });
    return [];
  },
});
