/** Processor kernels of tfjs's functions of one tensor. */
import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { elementChunks } from '../../ops/elementwise/element-chunks.ts';
import * as kernels from '../kernel-numbers.ts';
import type { ProcessorBackend } from '../processor-backend.ts';
import { requireFloats } from './float-tensors.ts';
import * as modes from './modes.ts';

/** Applies a mode to a tensor; the caller owns the result. */
export const runUnary = (
  processor: ProcessorBackend,
  x: TensorInfo,
  mode: number,
  dtype: TensorInfo['dtype'] = 'float32',
): TensorInfo => {
  const result = processor.makeOutput(x.shape, dtype);
  const size = util.sizeFromShape(x.shape);
  processor.run({
    kernel: kernels.unary,
    words: [processor.addressOf(x), processor.addressOf(result), size, mode],
    chunks: elementChunks(size),
  });
  return result;
};

const modeOf: Readonly<Record<string, number>> = {
  Neg: modes.negate,
  Abs: modes.absolute,
  Square: modes.square,
  Sqrt: modes.squareRoot,
  Rsqrt: modes.reciprocalRoot,
  Reciprocal: modes.reciprocal,
  Exp: modes.exponential,
  Log: modes.logarithm,
  Sign: modes.sign,
  Relu: modes.rectified,
  Sigmoid: modes.sigmoid,
};

const kernelOf =
  (kernelName: string, mode: number): KernelFunc =>
  ({ inputs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    requireFloats(kernelName, x);
    return runUnary(backend as ProcessorBackend, x, mode);
  };

/** Conversions that change the bits. */
const castModes: Readonly<Record<string, number>> = {
  'float32 int32': modes.toInteger,
  'float32 bool': modes.toBool,
  'int32 float32': modes.toFloat,
  'bool float32': modes.toFloat,
  'int32 bool': modes.integerToBool,
};

/** Processor kernels of the functions of one tensor. */
export const unaryKernels: OpKernels = {
  ...Object.fromEntries(Object.entries(modeOf).map(([name, mode]) => [name, kernelOf(name, mode)])),

  Cast: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { dtype } = attrs as { dtype: TensorInfo['dtype'] };
    const processor = backend as ProcessorBackend;
    const mode = castModes[`${x.dtype} ${dtype}`];
    if (mode !== undefined) return runUnary(processor, x, mode, dtype);
    // The bits stay the same: a bool is an int32 of 0 or 1.
    processor.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype };
  },
};
