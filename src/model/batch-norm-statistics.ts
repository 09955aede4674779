/** The statistics of all batch norms of a model, with which evaluation normalizes. */
import { type Tensor, type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { writeValues } from '#engine/ops/elementwise/in-place.ts';
import { makeSideBySide } from '#engine/ops/flat/side-by-side.ts';
import { initialStatistics, type ParameterSpec } from './parameters.ts';

/** Mean and variance, float32 [2, C], by the batch norm's module name. */
export interface BatchNormStatistics {
  readonly tensors: ReadonlyMap<string, Tensor2D>;
  /** The tensors that hold all values; copying them copies the statistics. */
  readonly whole: readonly Tensor[];
  /** Frees the tensors. */
  dispose(): void;
}

/** Creates statistics with their values before the first batch: mean 0, variance 1. The caller disposes them; they survive `tidy`. */
export const createStatistics = (specs: readonly ParameterSpec[]): BatchNormStatistics => {
  const batchNorms = specs.filter((spec) => spec.kind === 'batch-norm');
  const { tensors, whole, dispose } = makeSideBySide(() =>
    batchNorms.map(({ shape }) => tensor2d(initialStatistics(shape[1]), [...shape])),
  );
  return {
    tensors: new Map(batchNorms.map(({ name }, index) => [name, tensors[index] as Tensor2D])),
    whole,
    dispose,
  };
};

/** Resets statistics in place to their values before the first batch. */
export const resetStatistics = ({ tensors }: Pick<BatchNormStatistics, 'tensors'>): void => {
  for (const tensor of tensors.values()) writeValues(tensor, initialStatistics(tensor.shape[1]));
};
