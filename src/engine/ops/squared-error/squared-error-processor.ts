/** The processor's kernels of the mean squared error; sums in float64. */
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import * as kernels from '../../cpu/kernel-numbers.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { elementChunks } from '../elementwise/element-chunks.ts';

type Inputs = Readonly<Record<'x' | 'y' | 'dy', TensorInfo>>;

/** Kernels of the mean squared error on the processor. */
export const squaredErrorProcessorKernels: OpKernels = {
  ResiduaSquaredError: ({ inputs, backend }) => {
    const processor = backend as ProcessorBackend;
    const { x, y } = inputs as Inputs;
    const size = util.sizeFromShape(y.shape);
    const chunks = elementChunks(size);
    const result = processor.makeOutput([]);
    // Two floats hold one float64.
    const parts = processor.makeOutput([chunks, 2]);
    const [partsAt, target] = [processor.addressOf(parts), processor.addressOf(result)];
    processor.run({
      kernel: kernels.squaredErrorSums,
      words: [processor.addressOf(x), processor.addressOf(y), partsAt, size],
      chunks,
    });
    processor.run({ kernel: kernels.squaredErrorMean, words: [partsAt, target, chunks, size], chunks: 1 });
    processor.disposeData(parts.dataId);
    return result;
  },

  ResiduaSquaredErrorGradient: ({ inputs, backend }) => {
    const processor = backend as ProcessorBackend;
    const { x, y, dy } = inputs as Inputs;
    const size = util.sizeFromShape(y.shape);
    const result = processor.makeOutput(y.shape);
    const places = [x, y, dy, result].map((tensor) => processor.addressOf(tensor));
    processor.run({
      kernel: kernels.squaredErrorGradient,
      words: [...places, size],
      chunks: elementChunks(size),
    });
    return result;
  },
};
