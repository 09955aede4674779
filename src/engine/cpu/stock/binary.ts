/** Processor kernels of tfjs's functions of two tensors, which are broadcast to each other. */
import { backend_util, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { elementChunks } from '../../ops/elementwise/element-chunks.ts';
import * as kernels from '../kernel-numbers.ts';
import type { KernelCall } from '../processor.ts';
import type { ProcessorBackend } from '../processor-backend.ts';
import { broadcastSteps, joinAxes, padAxes } from './axes.ts';
import { requireFloats } from './float-tensors.ts';
import * as modes from './modes.ts';

/** Number of axes that the kernel supports. */
const kernelAxes = 4;

/**
 * The call of a function of two tensors.
 * @param shapes shapes of both operands
 * @param result shape to which both are broadcast
 * @param at addresses of a, b and the result
 * @throws RangeError if more than four axes remain after joining
 */
export const binaryCall = (
  mode: number,
  [a, b]: readonly [readonly number[], readonly number[]],
  result: readonly number[],
  at: readonly [number, number, number],
): KernelCall => {
  const [aSteps, bSteps] = [broadcastSteps(a, result), broadcastSteps(b, result)];
  const axes = padAxes(
    joinAxes(result.map((size, axis) => ({ size, steps: [aSteps[axis]!, bSteps[axis]!] }))),
    kernelAxes,
  );
  const size = util.sizeFromShape([...result]);
  const stepsOf = (tensor: number): number[] => axes.map(({ steps }) => steps[tensor]!);
  return {
    kernel: kernels.binary,
    words: [...at, mode, size, ...axes.map((axis) => axis.size), ...stepsOf(0), ...stepsOf(1)],
    chunks: elementChunks(size),
  };
};

const arithmetic: Readonly<Record<string, number>> = {
  Add: modes.add,
  Sub: modes.subtract,
  Multiply: modes.multiply,
  RealDiv: modes.divide,
  Pow: modes.power,
  Maximum: modes.maximum,
  Minimum: modes.minimum,
  SquaredDifference: modes.squaredDifference,
};

const comparisons: Readonly<Record<string, number>> = {
  Greater: modes.greater,
  GreaterEqual: modes.greaterEqual,
  Less: modes.less,
  LessEqual: modes.lessEqual,
  Equal: modes.equal,
  NotEqual: modes.notEqual,
};

const kernelOf =
  (kernelName: string, mode: number, dtype: TensorInfo['dtype']): KernelFunc =>
  ({ inputs, backend }) => {
    const { a, b } = inputs as Readonly<Record<'a' | 'b', TensorInfo>>;
    requireFloats(kernelName, a, b);
    const processor = backend as ProcessorBackend;
    const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const result = processor.makeOutput(shape, dtype);
    const at = [a, b, result].map((tensor) => processor.addressOf(tensor)) as [number, number, number];
    processor.run(binaryCall(mode, [a.shape, b.shape], shape, at));
    return result;
  };

const kernelsOf = (modesOf: Readonly<Record<string, number>>, dtype: TensorInfo['dtype']): OpKernels =>
  Object.fromEntries(Object.entries(modesOf).map(([name, mode]) => [name, kernelOf(name, mode, dtype)]));

/** Processor kernels of the functions of two tensors. */
export const binaryKernels: OpKernels = {
  ...kernelsOf(arithmetic, 'float32'),
  ...kernelsOf(comparisons, 'bool'),

  Select: ({ inputs, backend }) => {
    const { condition, t, e } = inputs as Readonly<Record<'condition' | 't' | 'e', TensorInfo>>;
    requireFloats('Select', t, e);
    const processor = backend as ProcessorBackend;
    const size = util.sizeFromShape(t.shape);
    if (util.sizeFromShape(condition.shape) !== size) {
      throw new RangeError(`Select got a condition of shape [${condition.shape}] for [${t.shape}].`);
    }
    const result = processor.makeOutput(t.shape);
    const words = [condition, t, e, result].map((tensor) => processor.addressOf(tensor));
    processor.run({ kernel: kernels.select, words: [...words, size], chunks: elementChunks(size) });
    return result;
  },
};
