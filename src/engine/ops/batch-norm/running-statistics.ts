/**
 * Statistics of batch norms over many batches, updated in place on the device: running averages and whole
 * populations.
 */
import { engine, type NamedAttrMap, type Tensor1D, type Tensor2D, tensor1d } from '@tensorflow/tfjs-core';
import { namedList } from '../flat/tensor-list.ts';

/** PyTorch's momentum: the share of the new batch. */
export const batchNormMomentum = 0.1;

/** The moments of a layer. */
export interface LayerMoments {
  /** float32 [rows, C]: rows 2 i and 2 i + 1 are mean and biased variance of the layer's batch norm i. */
  readonly moments: Tensor2D;
  /** Number of batch norms in the layer. They follow each other in the order of the statistics. */
  readonly batchNorms: number;
}

/**
 * Attributes of the kernel `ResiduaMergeMoments`. It updates each `target`, float32 [2, C], from its rows of
 * `moments` and two `numbers`: the share of the new moments, 0 to 1, and the factor for the squared distance
 * of the two means in the variance.
 */
export interface MergeAttributes extends NamedAttrMap {
  /** For each batch norm, the factor by which the new variance is multiplied. */
  varianceFactors: number[];
  /** Number of batch norms for each tensor of `moments`. */
  batchNorms: number[];
  /** Whether moments of a channel that are not finite leave its statistics as they are. */
  onlyFinite: boolean;
}

/** For each target, the tensor with its moments, and the first row of these moments. */
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
  onlyFinite: boolean,
): void => {
  const attributes: MergeAttributes = {
    varianceFactors,
    batchNorms: layers.map(({ batchNorms }) => batchNorms),
    onlyFinite,
  };
  const moments = layers.map((layer) => layer.moments);
  engine().runKernel(
    'ResiduaMergeMoments',
    { ...namedList('target', targets), ...namedList('moments', moments), numbers },
    attributes,
  );
};

/**
 * Moves running averages toward a batch's moments, in place, as `torch.nn.BatchNorm2d` does: with momentum
 * 0.1, and with the batch's variance made unbiased. Moments that are not finite, as in a refused step, change
 * nothing. One dispatch if both lists lie side by side
 * (`placeSideBySide`).
 * @param running float32 [2, C] each: mean, then variance
 * @param layers the batch's moments, for the same number of batch norms
 * @param rows values of a channel in the batch, at least 2, for each batch norm
 * @throws RangeError for fewer rows, which have no unbiased variance
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
    true,
  );
  numbers.dispose();
};

/**
 * The numbers with which `joinMoments` joins a batch.
 * @param share the batch's fraction of all values so far, this batch included, in (0, 1]
 */
export const joiningNumbers = (share: number): Float32Array => Float32Array.of(share, share * (1 - share));

/**
 * Joins a batch's moments to those of growing populations, in place: mean and biased variance of both together.
 * The variance equals E[x^2] - E[x]^2 over all values, without its cancellation (Chan, Golub and LeVeque).
 * @param populations float32 [2, C] each; their contents do not matter if the share is 1
 * @param layers the batch's moments, for the same number of batch norms
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
    false,
  );
