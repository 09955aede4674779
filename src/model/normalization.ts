/** Two kinds of batch norm in a network: by the batch's own statistics, and by given ones. */
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { addRelu } from '#engine/ops/activation/activation.ts';
import { addReluUpsampled } from '#engine/ops/activation/add-relu-upsampled.ts';
import { batchNormApply, batchNormTrain } from '#engine/ops/batch-norm/batch-norm.ts';
import { blockEnd } from '#engine/ops/batch-norm/block-end.ts';
import type { LayerMoments } from '#engine/ops/batch-norm/running-statistics.ts';
import type { BatchNormStatistics } from './batch-norm-statistics.ts';

/** The input of a batch norm, and the norm's module. */
export interface NormalizedTensor {
  readonly name: string;
  readonly x: Tensor4D;
  /** Weight, then bias. */
  readonly affine: Tensor2D;
}

/** The shortcut added to a branch: a tensor, or one that is normalized first. A smaller one is then enlarged by 2. */
export type Shortcut = NormalizedTensor | { readonly x: Tensor4D };

/** How batch norms run: the only difference between training, running averages, recalibration and evaluation. */
export interface Normalization {
  /** relu(norm(x)) */
  hidden(branch: NormalizedTensor): Tensor4D;
  /** relu(norm(x) + shortcut) */
  end(branch: NormalizedTensor, shortcut: Shortcut): Tensor4D;
}

/**
 * Batch norms by the batch's own statistics. Differentiable.
 * @param note receives the moments, in the order of execution, and owns them; `rows` is the number of values of a channel
 */
export const normalizationByBatch = (note: (layer: LayerMoments, rows: number) => void): Normalization => ({
  hidden: ({ x, affine }) => {
    const { y, moments } = batchNormTrain(x, affine, { relu: true });
    note({ moments, batchNorms: 1 }, x.size / x.shape[3]);
    return y;
  },
  end: (branch, shortcut) => {
    const { y, statistics } = blockEnd(branch, shortcut);
    // A shortcut that is enlarged after its batch norm counts as many values as the branch has.
    const rows = branch.x.size / branch.x.shape[3];
    note({ moments: statistics, batchNorms: 'affine' in shortcut ? 2 : 1 }, rows);
    return y;
  },
});

/** Batch norms by given statistics. Not differentiable. */
export const normalizationBy = ({ tensors }: BatchNormStatistics): Normalization => {
  const apply = ({ name, x, affine }: NormalizedTensor, relu: boolean): Tensor4D =>
    batchNormApply(x, affine, tensors.get(name)!, { relu });
  return {
    hidden: (branch) => apply(branch, true),
    end: (branch, shortcut) => {
      const added = 'affine' in shortcut ? apply(shortcut, false) : shortcut.x;
      const sum = added.shape[1] === branch.x.shape[1] ? addRelu : addReluUpsampled;
      return sum(apply(branch, false), added);
    },
  };
};
