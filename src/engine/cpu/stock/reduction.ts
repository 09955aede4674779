/** Processor kernels of tfjs's sums, means and extremes over axes. */
import { backend_util, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import * as kernels from '../kernel-numbers.ts';
import { floatWord, type KernelCall } from '../processor.ts';
import type { ProcessorBackend } from '../processor-backend.ts';
import { requireFloats } from './float-tensors.ts';
import { transpose } from './layout.ts';
import * as modes from './modes.ts';

/** A shape [outer, reduced, inner] whose middle axis is reduced. */
export interface ReductionShape {
  readonly outer: number;
  readonly reduced: number;
  readonly inner: number;
}

/** Approximate number of values that a chunk reads. */
const chunkValues = 32_768;
/** The most results per chunk. */
const mostResults = 4096;

const cut = ({ outer, reduced, inner }: ReductionShape) => {
  const results = outer * inner;
  const resultsPerChunk = Math.min(results, mostResults);
  const rowsPerPart = Math.max(1, Math.ceil(chunkValues / resultsPerChunk));
  return {
    results,
    resultsPerChunk,
    rowsPerPart,
    parts: Math.ceil(reduced / rowsPerPart),
    chunksPerPart: Math.ceil(results / resultsPerChunk),
  };
};

/** Bytes of the memory that passes partial results from the first call to the second. */
export const reductionRoom = (shape: ReductionShape): number => {
  const { parts, results } = cut(shape);
  return parts * results * 8;
};

/**
 * The calls of a reduction.
 * @param at addresses of the source, of the target and of `reductionRoom` bytes
 * @param scale factor by which the result is multiplied
 */
export const reductionCalls = (
  shape: ReductionShape,
  mode: number,
  scale: number,
  at: Readonly<Record<'source' | 'target' | 'parts', number>>,
): KernelCall[] => {
  const { results, resultsPerChunk, rowsPerPart, parts, chunksPerPart } = cut(shape);
  return [
    {
      kernel: kernels.reduction,
      words: [
        at.source,
        at.parts,
        shape.outer,
        shape.reduced,
        shape.inner,
        mode,
        rowsPerPart,
        resultsPerChunk,
        chunksPerPart,
      ],
      chunks: parts * chunksPerPart,
    },
    {
      kernel: kernels.joinReduction,
      words: [at.parts, at.target, results, parts, mode, mostResults, floatWord(scale)],
      chunks: Math.ceil(results / mostResults),
    },
  ];
};

const product = (sizes: readonly number[]): number => sizes.reduce((value, size) => value * size, 1);

const reduce = (
  processor: ProcessorBackend,
  x: TensorInfo,
  axes: readonly number[],
  mode: number,
  isMean: boolean,
): TensorInfo => {
  const neighbors = axes.every((axis, index) => index === 0 || axis === axes[index - 1]! + 1);
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const source = neighbors ? x : transpose(processor, x, [...kept, ...axes]);
  const first = neighbors ? (axes[0] ?? x.shape.length) : kept.length;
  const shape = {
    outer: product(source.shape.slice(0, first)),
    reduced: product(source.shape.slice(first, first + axes.length)),
    inner: product(source.shape.slice(first + axes.length)),
  };
  const result = processor.makeOutput(kept.map((axis) => x.shape[axis]!));
  // Two floats hold one float64.
  const parts = processor.makeOutput([reductionRoom(shape) / 8, 2]);
  const calls = reductionCalls(shape, mode, isMean ? 1 / shape.reduced : 1, {
    source: processor.addressOf(source),
    target: processor.addressOf(result),
    parts: processor.addressOf(parts),
  });
  for (const call of calls) processor.run(call);
  processor.disposeData(parts.dataId);
  if (source !== x) processor.disposeData(source.dataId);
  return result;
};

interface ReductionAttributes {
  readonly axis?: number | number[] | null;
  /** The name that tfjs gives to `axis` for `Max`. */
  readonly reductionIndices?: number | number[] | null;
  readonly keepDims: boolean;
}

const kernelOf =
  (kernelName: string, mode: number, isMean: boolean): KernelFunc =>
  ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { axis, reductionIndices, keepDims } = attrs as unknown as ReductionAttributes;
    requireFloats(kernelName, x);
    const asked = axis ?? reductionIndices;
    // tfjs accepts null to mean all axes, although its type omits null.
    const all = x.shape.map((_, index) => index);
    const axes = asked === undefined || asked === null ? all : util.parseAxisParam(asked, x.shape);
    const sorted = [...new Set(axes)].sort((a, b) => a - b);
    const { dataId, dtype, shape } = reduce(backend as ProcessorBackend, x, sorted, mode, isMean);
    return { dataId, dtype, shape: keepDims ? backend_util.expandShapeToKeepDim(shape, sorted) : shape };
  };

/** Processor kernels of the reductions. */
export const reductionKernels: OpKernels = {
  Sum: kernelOf('Sum', modes.sum, false),
  Mean: kernelOf('Mean', modes.sum, true),
  Max: kernelOf('Max', modes.largest, false),
  Min: kernelOf('Min', modes.least, false),
};
