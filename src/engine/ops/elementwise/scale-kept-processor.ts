/** The backward pass, on the processor, of losses whose forward pass makes the whole gradient but for a factor. */
import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import * as kernels from '../../cpu/kernel-numbers.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import { elementChunks } from './element-chunks.ts';

/** The kernel that multiplies `kept`, a gradient, by `dy`, a scalar. */
export const scaleKept: KernelFunc = ({ inputs, backend }) => {
  const { kept, dy } = inputs as Readonly<Record<'kept' | 'dy', TensorInfo>>;
  const processor = backend as ProcessorBackend;
  const result = processor.makeOutput(kept.shape);
  const size = util.sizeFromShape(kept.shape);
  const words = [result, kept, dy].map((tensor) => processor.addressOf(tensor));
  processor.run({ kernel: kernels.scale, words: [...words, size], chunks: elementChunks(size) });
  return result;
};
