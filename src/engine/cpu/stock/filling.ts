/** Processor kernels of the tfjs ops that fill a tensor with a single value. */
import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { elementChunks } from '../../ops/elementwise/element-chunks.ts';
import * as kernels from '../kernel-numbers.ts';
import { floatWord } from '../processor.ts';
import type { ProcessorBackend } from '../processor-backend.ts';

const filled = (
  processor: ProcessorBackend,
  shape: readonly number[],
  dtype: TensorInfo['dtype'],
  value: number,
): TensorInfo => {
  const result = processor.makeOutput(shape, dtype);
  const size = util.sizeFromShape([...shape]);
  const word = dtype === 'float32' ? floatWord(value) : Math.trunc(value);
  processor.run({
    kernel: kernels.fill,
    words: [processor.addressOf(result), word, size],
    chunks: elementChunks(size),
  });
  return result;
};

const filledLike =
  (value: number): KernelFunc =>
  ({ inputs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    return filled(backend as ProcessorBackend, x.shape, x.dtype, value);
  };

/** Processor kernels that fill a tensor with a single value. */
export const fillingKernels: OpKernels = {
  Fill: ({ attrs, backend }) => {
    const { shape, value, dtype } = attrs as {
      shape: number[];
      value: number;
      dtype?: TensorInfo['dtype'];
    };
    return filled(backend as ProcessorBackend, shape, dtype ?? 'float32', value);
  },

  ZerosLike: filledLike(0),
  OnesLike: filledLike(1),
};
