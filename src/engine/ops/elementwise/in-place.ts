/** Ops that overwrite a tensor in place. */
import { engine, type NamedAttrMap, type Tensor, type Tensor2D, util } from '@tensorflow/tfjs-core';
import { namedList } from '../flat/tensor-list.ts';

/**
 * Overwrites a tensor in place by another of the same size. Tensors that share its buffer change too.
 * @throws RangeError if the sizes differ
 */
export const copyInto = (target: Tensor, source: Tensor): void => {
  if (target.size !== source.size) {
    throw new RangeError(`copyInto got ${source.size} values for a tensor of ${target.size}.`);
  }
  engine().runKernel('ResiduaCopyInto', { target, source });
};

/** Overwrites a tensor in place by zeros, NaN included. Tensors that share its buffer change too. */
export const fillZero = (target: Tensor): void => {
  engine().runKernel('ResiduaFillZero', { target });
};

/**
 * target += source. Tensors that share the target's buffer change too.
 * @param target float32
 * @param source float32, of the target's shape; stays the caller's
 * @throws RangeError if the shapes differ
 */
export const accumulate = (target: Tensor, source: Tensor): void => {
  if (!util.arraysEqual(target.shape, source.shape)) {
    throw new RangeError(
      `accumulate got shapes [${target.shape}] and [${source.shape}], expected equal ones.`,
    );
  }
  engine().runKernel('ResiduaAccumulate', { target, source });
};

/**
 * Adds each source to its target; one dispatch if both lists lie side by side (`placeSideBySide`).
 * @param targets float32
 * @param sources float32, of the targets' shapes; they stay the caller's
 * @throws RangeError if the shapes differ
 */
export const accumulateAll = (targets: readonly Tensor[], sources: readonly Tensor[]): void => {
  const shapes = (tensors: readonly Tensor[]): string => tensors.map(({ shape }) => `[${shape}]`).join(' ');
  if (shapes(targets) !== shapes(sources)) {
    throw new RangeError(
      `accumulateAll got shapes ${shapes(targets)} and ${shapes(sources)}, expected equal ones.`,
    );
  }
  engine().runKernel('ResiduaAccumulateAll', {
    ...namedList('target', targets),
    ...namedList('source', sources),
  });
};

/**
 * Overwrites a tensor by values from this thread, in the order of calls: earlier work reads the old values, and later work,
 * replays included, the new ones.
 * @param target float32
 * @param values as many as the target has; read before this returns
 * @throws RangeError if the counts differ
 */
export const writeValues = (target: Tensor, values: Float32Array): void => {
  if (target.size !== values.length) {
    throw new RangeError(`writeValues got ${values.length} values for a tensor of ${target.size}.`);
  }
  engine().runKernel('ResiduaWriteValues', { target }, { values } as unknown as NamedAttrMap);
};

/**
 * target[row, column] = values[row], without a readback. A column outside of the target changes nothing.
 * @param target float32 [rows, columns]
 * @param column float32, one whole number
 * @param values float32, one number per row
 * @throws RangeError if their number is not that of the rows
 */
export const storeColumn = (target: Tensor2D, column: Tensor, values: readonly Tensor[]): void => {
  if (target.shape[0] !== values.length) {
    throw new RangeError(`storeColumn got ${values.length} values for ${target.shape[0]} rows.`);
  }
  engine().runKernel('ResiduaStoreColumn', { target, column, ...namedList('value', values) });
};
