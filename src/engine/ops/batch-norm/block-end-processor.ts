/**
 * The processor kernels of `blockEnd`: they run the kernels of batch norm and of the sum one after the other.
 */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { addReluGradientOnProcessor, addReluOnProcessor } from '../activation/activation-processor.ts';
import {
  addReluUpsampledGradientOnProcessor,
  addReluUpsampledOnProcessor,
} from '../activation/add-relu-upsampled-processor.ts';
import { trainGradientOnProcessor, trainOnProcessor } from './batch-norm-processor.ts';
import { type BlockEndAttributes, type BlockEndInputs, blockEndKernels } from './block-end-kernels.ts';

const floatBytes = 4;

const isEnlarged = (shortcut: TensorInfo, x: TensorInfo): boolean => shortcut.shape[1] !== x.shape[1];

const addRelu = (processor: ProcessorBackend, a: TensorInfo, b: TensorInfo): TensorInfo =>
  isEnlarged(b, a)
    ? addReluUpsampledOnProcessor(processor, { a, b })
    : addReluOnProcessor(processor, { a, b });

/** The gradients of the sum in both operands. They are a single tensor if neither operand is enlarged. */
const addReluGradient = (
  processor: ProcessorBackend,
  { y, dy, shortcut }: Pick<BlockEndInputs, 'y' | 'dy' | 'shortcut'>,
): [TensorInfo, TensorInfo] => {
  if (isEnlarged(shortcut, y)) return addReluUpsampledGradientOnProcessor(processor, { y, dy });
  const slope = addReluGradientOnProcessor(processor, { y, dy });
  return [slope, slope];
};

/** Address of the shortcut's moments, which follow the branch's moments. */
const shortcutMoments = (processor: ProcessorBackend, statistics: TensorInfo): number =>
  processor.addressOf(statistics) + 2 * statistics.shape[1]! * floatBytes;

/** Processor kernels of `blockEnd`. */
export const blockEndProcessorKernels: OpKernels = {
  [blockEndKernels.identity]: ({ inputs, attrs, backend }) => {
    const { x, affine, shortcut } = inputs as BlockEndInputs;
    const processor = backend as ProcessorBackend;
    const how = { ...(attrs as BlockEndAttributes), relu: false };
    const statistics = processor.makeOutput(affine.shape);
    const branch = trainOnProcessor(processor, { x, affine }, processor.addressOf(statistics), how);
    const y = addRelu(processor, branch, shortcut);
    processor.disposeData(branch.dataId);
    return [y, statistics];
  },

  [blockEndKernels.projection]: ({ inputs, attrs, backend }) => {
    const { x, affine, shortcut, shortcutAffine } = inputs as BlockEndInputs;
    const processor = backend as ProcessorBackend;
    const how = { ...(attrs as BlockEndAttributes), relu: false };
    const statistics = processor.makeOutput([4, affine.shape[1]!]);
    const branch = trainOnProcessor(processor, { x, affine }, processor.addressOf(statistics), how);
    const side = trainOnProcessor(
      processor,
      { x: shortcut, affine: shortcutAffine },
      shortcutMoments(processor, statistics),
      how,
    );
    const y = addRelu(processor, branch, side);
    for (const { dataId } of [branch, side]) processor.disposeData(dataId);
    return [y, statistics];
  },

  [blockEndKernels.identityGradient]: ({ inputs, attrs, backend }) => {
    const { x, affine, statistics, shortcut, y, dy } = inputs as BlockEndInputs;
    const processor = backend as ProcessorBackend;
    const how = { ...(attrs as BlockEndAttributes), relu: false };
    const [slope, dshortcut] = addReluGradient(processor, { y, dy, shortcut });
    const at = processor.addressOf(statistics);
    const [dx, daffine] = trainGradientOnProcessor(processor, { x, affine, dy: slope }, at, how);
    if (slope !== dshortcut) processor.disposeData(slope.dataId);
    return [dx, daffine, dshortcut];
  },

  [blockEndKernels.projectionGradient]: ({ inputs, attrs, backend }) => {
    const { x, affine, statistics, shortcut, shortcutAffine, y, dy } = inputs as BlockEndInputs;
    const processor = backend as ProcessorBackend;
    const how = { ...(attrs as BlockEndAttributes), relu: false };
    const [slope, sideSlope] = addReluGradient(processor, { y, dy, shortcut });
    const at = processor.addressOf(statistics);
    const branch = trainGradientOnProcessor(processor, { x, affine, dy: slope }, at, how);
    const side = trainGradientOnProcessor(
      processor,
      { x: shortcut, affine: shortcutAffine, dy: sideSlope },
      shortcutMoments(processor, statistics),
      how,
    );
    for (const { dataId } of new Set([slope, sideSlope])) processor.disposeData(dataId);
    return [...branch, ...side];
  },
};
