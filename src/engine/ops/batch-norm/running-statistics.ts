/** Statistics of batch norms over many batches, kept in place on the device: running averages and whole populations. */
import { engine, type NamedAttrMap, type Tensor1D, type Tensor2D, tensor1d } from '@tensorflow/tfjs-core';
import { namedList } from '../flat/tensor-list.ts';

/** PyTorch's momentum: the share of the new batch. */
export const batchNormMomentum = 0.1;

/** Moments as a layer has them. */
export interface LayerMoments {
  /** Float32 [rows, C]: rows 2 i and 2 i + 1 are mean and biased variance of its batch norm i. */
  readonly moments: Tensor2D;
  /** The batch norms of the layer, which follow each other in the order of the statistics. */
  readonly batchNorms: number;
}

/**
 * Attributes of the kernel `ResiduaMergeMoments`, which changes each `target`, float32 [2, C], by its rows of `moments` and
 * by two `numbers`: the share of the new moments, 0 to 1, and the factor of the squared distance of the two means in the
 * variance.
 */
export interface MergeAttributes extends NamedAttrMap {
  /** Factor of the new variance, for each of the batch norms. */
  varianceFactors: number[];
  /** Batch norms of each of the `moments`. */
  batchNorms: number[];
}

/** For each target, the tensor that has its moments, and the first row of them. */
export const momentsOfTargets = ({
  batchNorms,
}: MergeAttributes): { readonly tensor: number; readonly row: number }[] =>
  batchNorms.flatMap((count, tensor) =>
    Array.from({ length: count }, (_, place) => ({ tensor, row: 2 * place })),
  );

const mergeInto = (
  targets: readonly Tensor2D[],
  layers: readonly LayerMoments[],
  numbers: Tensor1D,
  varianceFactors: number[],
): void => {
  const attributes: MergeAttributes = {
    varianceFactors,
    batchNorms: layers.map(({ batchNorms }) => batchNorms),
  };
  const moments = layers.map((layer) => layer.moments);
  engine().runKernel(
    'ResiduaMergeMoments',
    { ...namedList('target', targets), ...namedList('moments', moments), numbers },
    attributes,
  );
};

/**
 * Moves running averages towards a batch's moments, in place, as `torch.nn.BatchNorm2d` does: by the momentum 0.1, with
 * the variance made unbiased. One dispatch where both lists lie side by side (`placeSideBySide`).
 * @param running float32 [2, C] each: mean, then variance
 * @param layers the batch's moments of as many batch norms
 * @param rows values of a channel in the batch, at least 2, for each batch norm
 * @throws RangeError for fewer rows, which have no variance
 */
export const updateRunningAverages = (
  running: readonly Tensor2D[],
  layers: readonly LayerMoments[],
  rows: readonly number[],
): void => {
  for (const count of rows) {
    if (count < 2)
      throw new RangeError(`Running averages got ${count} value per channel, expected at least 2.`);
  }
  const numbers = tensor1d([batchNormMomentum, 0]);
  mergeInto(
    running,
    layers,
    numbers,
    rows.map((count) => count / (count - 1)),
  );
  numbers.dispose();
};

/**
 * The numbers by which `joinMoments` joins a batch.
 * @param share the batch's part of all values so far, itself included, in (0, 1]
 */
export const joiningNumbers = (share: number): Float32Array => Float32Array.of(share, share * (1 - share));

/**
 * Joins a batch's moments to those of growing populations, in place: mean and biased variance of both together.
 * Equals E[x^2] - E[x]^2 over all values, without its cancellation (Chan, Golub and LeVeque).
 * @param populations float32 [2, C] each; their content does not matter if the share is 1
 * @param layers the batch's moments of as many batch norms
 * @param numbers float32 [2], as `joiningNumbers` makes them
 */
export const joinMoments = (
  populations: readonly Tensor2D[],
  layers: readonly LayerMoments[],
  numbers: Tensor1D,
): void =>
  mergeInto(
    populations,
    layers,
    numbers,
    populations.map(() => 1),
  );
