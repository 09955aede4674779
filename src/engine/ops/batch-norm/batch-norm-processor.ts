/** Batch norm's kernels on the processor. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { gradientCalls, momentsCalls, normalizeCall, partialBytes } from './batch-norm-calls.ts';
import { type BatchNormAttributes, type BatchNormInputs, batchNormKernels } from './batch-norm-kernels.ts';
import { rowsAndChannels } from './rows-and-channels.ts';

const floatBytes = 4;

/**
 * Normalizes by the batch's own statistics.
 * @param moments address to which [2, channels] are written
 * @returns y; the caller owns it
 */
export const trainOnProcessor = (
  processor: ProcessorBackend,
  { x, affine }: Pick<BatchNormInputs, 'x' | 'affine'>,
  moments: number,
  { epsilon, relu }: BatchNormAttributes,
): TensorInfo => {
  const given = { ...rowsAndChannels(x.shape), epsilon, relu };
  const y = processor.makeOutput(x.shape);
  const partials = processor.makeOutput([partialBytes(given) / floatBytes]);
  const at = {
    x: processor.addressOf(x),
    affine: processor.addressOf(affine),
    y: processor.addressOf(y),
    moments,
    partials: processor.addressOf(partials),
  };
  for (const call of momentsCalls(given, at)) processor.run(call);
  processor.run(normalizeCall(given, at));
  processor.disposeData(partials.dataId);
  return y;
};

/**
 * The gradients of `trainOnProcessor`.
 * @param moments address of the moments that `trainOnProcessor` has written
 * @returns the gradients of x and affine; the caller owns them
 */
export const trainGradientOnProcessor = (
  processor: ProcessorBackend,
  { x, dy, affine }: Pick<BatchNormInputs, 'x' | 'dy' | 'affine'>,
  moments: number,
  { epsilon, relu }: BatchNormAttributes,
): [TensorInfo, TensorInfo] => {
  const given = { ...rowsAndChannels(x.shape), epsilon, relu };
  const dx = processor.makeOutput(x.shape);
  const daffine = processor.makeOutput([2, given.channels]);
  const partials = processor.makeOutput([partialBytes(given) / floatBytes]);
  const calls = gradientCalls(given, {
    x: processor.addressOf(x),
    dy: processor.addressOf(dy),
    affine: processor.addressOf(affine),
    moments,
    dx: processor.addressOf(dx),
    daffine: processor.addressOf(daffine),
    partials: processor.addressOf(partials),
  });
  for (const call of calls) processor.run(call);
  processor.disposeData(partials.dataId);
  return [dx, daffine];
};

/** Kernels of batch normalization on the processor. */
export const batchNormProcessorKernels: OpKernels = {
  [batchNormKernels.train]: ({ inputs, attrs, backend }) => {
    const { x, affine } = inputs as BatchNormInputs;
    const processor = backend as ProcessorBackend;
    const moments = processor.makeOutput(affine.shape);
    const at = processor.addressOf(moments);
    return [trainOnProcessor(processor, { x, affine }, at, attrs as BatchNormAttributes), moments];
  },

  [batchNormKernels.apply]: ({ inputs, attrs, backend }) => {
    const { x, affine, moments } = inputs as BatchNormInputs;
    const { epsilon, relu } = attrs as BatchNormAttributes;
    const processor = backend as ProcessorBackend;
    const y = processor.makeOutput(x.shape);
    processor.run(
      normalizeCall(
        { ...rowsAndChannels(x.shape), epsilon, relu },
        {
          x: processor.addressOf(x),
          affine: processor.addressOf(affine),
          moments: processor.addressOf(moments),
          y: processor.addressOf(y),
        },
      ),
    );
    return y;
  },

  [batchNormKernels.trainGradient]: ({ inputs, attrs, backend }) => {
    const { x, dy, affine, moments } = inputs as BatchNormInputs;
    const processor = backend as ProcessorBackend;
    const at = processor.addressOf(moments);
    return trainGradientOnProcessor(processor, { x, dy, affine }, at, attrs as BatchNormAttributes);
  },
};
