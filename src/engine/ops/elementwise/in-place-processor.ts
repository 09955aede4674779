/** The processor's kernels of the ops that overwrite a tensor in place. */
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import * as kernels from '../../cpu/kernel-numbers.ts';
import { floatWord } from '../../cpu/processor.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { listOf } from '../flat/tensor-list.ts';
import { elementChunks } from './element-chunks.ts';
import { accumulateCall, storeColumnCall } from './in-place-calls.ts';

/** Kernels of the ops that overwrite a tensor in place on the processor. */
export const inPlaceProcessorKernels: OpKernels = {
  ResiduaCopyInto: ({ inputs, backend }) => {
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

  ResiduaFillZero: ({ inputs, backend }) => {
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

  ResiduaAccumulate: ({ inputs, backend }) => {
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

  ResiduaAccumulateAll: ({ inputs, backend }) => {
    const processor = backend as ProcessorBackend;
    const sources = listOf(inputs, 'source');
    processor.run(
      accumulateCall(
        listOf(inputs, 'target').map((target, index) => ({
          target: processor.addressOf(target),
          source: processor.addressOf(sources[index]!),
          size: util.sizeFromShape(target.shape),
        })),
      ),
    );
    return [];
  },

  ResiduaWriteValues: ({ inputs, attrs, backend }) => {
    const { target } = inputs as Readonly<Record<'target', TensorInfo>>;
    const { values } = attrs as unknown as { values: Float32Array };
    (backend as ProcessorBackend).floatsOf(target).set(values);
    return [];
  },

  ResiduaStoreColumn: ({ inputs, backend }) => {
    const { target, column } = inputs as Readonly<Record<'target' | 'column', TensorInfo>>;
    const processor = backend as ProcessorBackend;
    const places = {
      target: processor.addressOf(target),
      column: processor.addressOf(column),
      values: listOf(inputs, 'value').map((value) => processor.addressOf(value)),
    };
    processor.run(storeColumnCall(places, target.shape[1]!));
    return [];
  },
};
