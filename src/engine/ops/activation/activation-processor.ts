/** The activations' kernels on the processor. */
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import * as kernels from '../../cpu/kernel-numbers.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { planRowChunks } from '../batch-norm/row-chunks.ts';
import { rowsAndChannels } from '../batch-norm/rows-and-channels.ts';
import { elementChunks } from '../elementwise/element-chunks.ts';

const runPair = (
  processor: ProcessorBackend,
  kernel: number,
  first: TensorInfo,
  second: TensorInfo,
): TensorInfo => {
  const result = processor.makeOutput(first.shape);
  const size = util.sizeFromShape(first.shape);
  const words = [first, second, result].map((tensor) => processor.addressOf(tensor));
  processor.run({ kernel, words: [...words, size], chunks: elementChunks(size) });
  return result;
};

/** The kernel of `addRelu`. */
export const addReluOnProcessor = (
  processor: ProcessorBackend,
  { a, b }: Readonly<Record<'a' | 'b', TensorInfo>>,
): TensorInfo => runPair(processor, kernels.addRelu, a, b);

/** The kernel of the gradient of `addRelu`, which is the same for both operands. */
export const addReluGradientOnProcessor = (
  processor: ProcessorBackend,
  { y, dy }: Readonly<Record<'y' | 'dy', TensorInfo>>,
): TensorInfo => runPair(processor, kernels.addReluGradient, y, dy);

/** Kernels of the activations on the processor. */
export const activationProcessorKernels: OpKernels = {
  ResiduaAddRelu: ({ inputs, backend }) => {
    return addReluOnProcessor(backend as ProcessorBackend, inputs as Record<'a' | 'b', TensorInfo>);
  },

  ResiduaAddReluGradient: ({ inputs, backend }) => {
    return addReluGradientOnProcessor(backend as ProcessorBackend, inputs as Record<'y' | 'dy', TensorInfo>);
  },

  ResiduaBiasSigmoid: ({ inputs, backend }) => {
    const { x, bias } = inputs as Readonly<Record<'x' | 'bias', TensorInfo>>;
    const processor = backend as ProcessorBackend;
    const { rows, channels } = rowsAndChannels(x.shape);
    const { repeat, rowsPerChunk, chunks } = planRowChunks(rows, channels);
    const y = processor.makeOutput(x.shape);
    const words = [x, bias, y].map((tensor) => processor.addressOf(tensor));
    processor.run({
      kernel: kernels.biasSigmoid,
      words: [...words, 0, rows, channels, repeat, rowsPerChunk],
      chunks,
    });
    return y;
  },

  ResiduaBiasSigmoidGradient: ({ inputs, backend }) => {
    const { y, dy } = inputs as Readonly<Record<'y' | 'dy', TensorInfo>>;
    const processor = backend as ProcessorBackend;
    const { rows, channels } = rowsAndChannels(y.shape);
    const { repeat, rowsPerChunk, chunks } = planRowChunks(rows, channels);
    const dx = processor.makeOutput(y.shape);
    const dbias = processor.makeOutput([channels]);
    // Two floats hold one float64.
    const partials = processor.makeOutput([chunks, channels, 2]);
    const words = [y, dy, dx, partials].map((tensor) => processor.addressOf(tensor));
    processor.run({
      kernel: kernels.biasSigmoidGradient,
      words: [...words, rows, channels, repeat, rowsPerChunk],
      chunks,
    });
    processor.run({
      kernel: kernels.joinChannelSums,
      words: [processor.addressOf(partials), processor.addressOf(dbias), channels, chunks],
      chunks: 1,
    });
    processor.disposeData(partials.dataId);
    return [dx, dbias];
  },
};
