/** Statistics of batch norm over many batches, kept in place on the device: running averages and whole populations. */
import { engine, type NamedAttrMap, type Tensor2D } from '@tensorflow/tfjs-core';
import './running-statistics-processor.ts';
import './running-statistics-wasm.ts';
import './running-statistics-webgpu.ts';

/** PyTorch's momentum: the share of the new batch. */
export const batchNormMomentum = 0.1;

/** Attributes of the kernel `ResiduaMergeMoments`, which changes `target` by `moments`, both float32 [2, C]. */
export interface MergeAttributes extends NamedAttrMap {
  /** Share of the new moments, 0 to 1. */
  share: number;
  /** Factor of the new variance. */
  varianceFactor: number;
  /** Factor of the squared distance of the two means in the variance. */
  between: number;
}

const mergeInto = (target: Tensor2D, moments: Tensor2D, attributes: MergeAttributes): void => {
  engine().runKernel('ResiduaMergeMoments', { target, moments }, attributes);
};

/**
 * Moves running averages towards a batch's moments, in place, as `torch.nn.BatchNorm2d` does: by the momentum 0.1, with
 * the variance made unbiased.
 * @param running float32 [2, C]: mean, then variance
 * @param moments float32 [2, C]: the batch's mean and biased variance
 * @param rows values of a channel in the batch, at least 2
 * @throws RangeError for fewer rows, which have no variance
 */
export const updateRunningAverages = (running: Tensor2D, moments: Tensor2D, rows: number): void => {
  if (rows < 2) throw new RangeError(`Running averages got ${rows} value a channel, expected at least 2.`);
  mergeInto(running, moments, {
    share: batchNormMomentum,
    varianceFactor: rows / (rows - 1),
    between: 0,
  });
};

/**
 * Joins a batch's moments to those of a growing population, in place: mean and biased variance of both together.
 * Equals E[x^2] - E[x]^2 over all values, without its cancellation (Chan, Golub and LeVeque).
 * @param population float32 [2, C]; its content does not matter where `share` is 1
 * @param moments float32 [2, C]: the batch's mean and biased variance
 * @param share the batch's part of all values so far, itself included, in (0, 1]
 */
export const joinMoments = (population: Tensor2D, moments: Tensor2D, share: number): void =>
  mergeInto(population, moments, { share, varianceFactor: 1, between: share * (1 - share) });
