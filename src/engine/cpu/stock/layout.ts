/** Processor kernels of the tfjs ops that move values: slice, concatenate, transpose and tile. */
import { slice_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { elementChunks } from '../../ops/elementwise/element-chunks.ts';
import * as kernels from '../kernel-numbers.ts';
import type { KernelCall } from '../processor.ts';
import type { ProcessorBackend } from '../processor-backend.ts';
import { type Axis, denseSteps, joinAxes, padAxes } from './axes.ts';

/** Number of axes that the kernel supports. */
const kernelAxes = 6;
const elementBytes = 4;

/**
 * The call of a copy.
 * @param axes the axes, with steps in the source and in the target
 * @param at addresses of the first element in both
 * @throws RangeError if more than six axes remain after joining
 */
export const copyCall = (axes: readonly Axis[], at: readonly [number, number]): KernelCall => {
  const joined = padAxes(joinAxes(axes), kernelAxes);
  const size = joined.reduce((product, axis) => product * axis.size, 1);
  const stepsOf = (tensor: number): number[] => joined.map(({ steps }) => steps[tensor]!);
  return {
    kernel: kernels.stridedCopy,
    words: [...at, size, ...joined.map((axis) => axis.size), ...stepsOf(0), ...stepsOf(1)],
    chunks: elementChunks(size),
  };
};

const axesOf = (
  shape: readonly number[],
  sourceSteps: readonly number[],
  targetSteps: readonly number[],
): Axis[] => shape.map((size, axis) => ({ size, steps: [sourceSteps[axis]!, targetSteps[axis]!] }));

/** Transposes a tensor; the caller owns the result. */
export const transpose = (
  processor: ProcessorBackend,
  x: TensorInfo,
  order: readonly number[],
): TensorInfo => {
  const shape = order.map((axis) => x.shape[axis]!);
  const result = processor.makeOutput(shape, x.dtype);
  const steps = denseSteps(x.shape);
  const axes = axesOf(
    shape,
    order.map((axis) => steps[axis]!),
    denseSteps(shape),
  );
  processor.run(copyCall(axes, [processor.addressOf(x), processor.addressOf(result)]));
  return result;
};

/** Processor kernels of the ops that move values. */
export const layoutKernels: OpKernels = {
  Transpose: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { perm } = attrs as { perm: number[] };
    return transpose(backend as ProcessorBackend, x, perm);
  },

  Slice: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { begin, size } = attrs as { begin: number | number[]; size: number | number[] };
    const processor = backend as ProcessorBackend;
    const [first, shape] = slice_util.parseSliceParams(
      { shape: x.shape, rank: x.shape.length } as never,
      begin,
      size,
    );
    const result = processor.makeOutput(shape, x.dtype);
    if (util.sizeFromShape(shape) === 0) return result;
    const steps = denseSteps(x.shape);
    const offset = first.reduce((sum, index, axis) => sum + index * steps[axis]!, 0);
    processor.run(
      copyCall(axesOf(shape, steps, denseSteps(shape)), [
        processor.addressOf(x) + offset * elementBytes,
        processor.addressOf(result),
      ]),
    );
    return result;
  },

  Concat: ({ inputs, attrs, backend }) => {
    const parts = inputs as unknown as readonly TensorInfo[];
    const { axis: given } = attrs as { axis: number };
    const processor = backend as ProcessorBackend;
    const { shape: model, dtype } = parts[0]!;
    const axis = given < 0 ? given + model.length : given;
    const length = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    const shape = model.map((size, index) => (index === axis ? length : size));
    const result = processor.makeOutput(shape, dtype);
    const steps = denseSteps(shape);
    let offset = 0;
    for (const part of parts) {
      if (util.sizeFromShape(part.shape) > 0) {
        processor.run(
          copyCall(axesOf(part.shape, denseSteps(part.shape), steps), [
            processor.addressOf(part),
            processor.addressOf(result) + offset * elementBytes,
          ]),
        );
      }
      offset += part.shape[axis]! * steps[axis]!;
    }
    return result;
  },

  Tile: ({ inputs, attrs, backend }) => {
    const { x } = inputs as { x: TensorInfo };
    const { reps } = attrs as { reps: number[] };
    const processor = backend as ProcessorBackend;
    const shape = x.shape.map((size, axis) => size * reps[axis]!);
    const result = processor.makeOutput(shape, x.dtype);
    const [own, steps] = [denseSteps(x.shape), denseSteps(shape)];
    const axes = x.shape.flatMap((size, axis) => [
      { size: reps[axis]!, steps: [0, steps[axis]! * size] },
      { size, steps: [own[axis]!, steps[axis]!] },
    ]);
    processor.run(copyCall(axes, [processor.addressOf(x), processor.addressOf(result)]));
    return result;
  },
};
