/** The processor kernels of `addReluUpsampled`: ReLU of a sum whose second operand is enlarged by 2. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as kernels from '../../cpu/kernel-numbers.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { addReluUpsampledKernels } from './add-relu-upsampled-kernels.ts';

type Shape = readonly [number, number, number, number];

/** Approximate number of floats of the larger image per chunk. */
const chunkFloats = 16_384;

const run = (
  processor: ProcessorBackend,
  kernel: number,
  tensors: readonly TensorInfo[],
  [batch, rows, columns, channels]: Shape,
): void => {
  const smallRows = batch * rows;
  const rowsPerChunk = Math.max(1, Math.floor(chunkFloats / (4 * columns * channels)));
  const [first = 0, second = 0, large = 0, small = 0] = tensors.map((tensor) => processor.addressOf(tensor));
  processor.run({
    kernel,
    words: [first, second, large, small, smallRows, columns, channels, rowsPerChunk],
    chunks: Math.ceil(smallRows / rowsPerChunk),
  });
};

/** The kernel of `addReluUpsampled`. */
export const addReluUpsampledOnProcessor = (
  processor: ProcessorBackend,
  { a, b }: Readonly<Record<'a' | 'b', TensorInfo>>,
): TensorInfo => {
  const y = processor.makeOutput(a.shape);
  run(processor, kernels.addReluUpsampled, [a, b, y], b.shape as unknown as Shape);
  return y;
};

/** The kernel of the gradients of `addReluUpsampled` in a and b. */
export const addReluUpsampledGradientOnProcessor = (
  processor: ProcessorBackend,
  { y, dy }: Readonly<Record<'y' | 'dy', TensorInfo>>,
): [TensorInfo, TensorInfo] => {
  const [batch, rows, columns, channels] = y.shape as unknown as Shape;
  const small: Shape = [batch, rows / 2, columns / 2, channels];
  const da = processor.makeOutput(y.shape);
  const db = processor.makeOutput(small);
  run(processor, kernels.addReluUpsampledGradient, [y, dy, da, db], small);
  return [da, db];
};

/** Processor kernels of `addReluUpsampled`. */
export const addReluUpsampledProcessorKernels: OpKernels = {
  [addReluUpsampledKernels.forward]: ({ inputs, backend }) =>
    addReluUpsampledOnProcessor(backend as ProcessorBackend, inputs as Record<'a' | 'b', TensorInfo>),

  [addReluUpsampledKernels.gradient]: ({ inputs, backend }) =>
    addReluUpsampledGradientOnProcessor(
      backend as ProcessorBackend,
      inputs as Record<'y' | 'dy', TensorInfo>,
    ),
};
