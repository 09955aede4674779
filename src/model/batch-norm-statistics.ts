/** A set of statistics for all batch norms of a model: what evaluation normalises by. */
import { keep, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { initialStatistics, type ParameterSpec } from './parameters.ts';

/** Mean and variance, float32 [2, C], by the batch norm's module name. */
export interface BatchNormStatistics {
  readonly tensors: ReadonlyMap<string, Tensor2D>;
  /** Frees the tensors. */
  dispose(): void;
}

/** Statistics as before the first batch: mean 0, variance 1. The caller disposes them; they survive `tidy`. */
export const createStatistics = (specs: readonly ParameterSpec[]): BatchNormStatistics => {
  const tensors = new Map<string, Tensor2D>();
  for (const spec of specs) {
    if (spec.kind === 'batch-norm') {
      tensors.set(spec.name, keep(tensor2d(initialStatistics(spec.shape[1]), [...spec.shape])));
    }
  }
  return {
    tensors,
    dispose: () => {
      for (const tensor of tensors.values()) tensor.dispose();
    },
  };
};
