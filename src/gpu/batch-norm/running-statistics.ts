/** Statistics of batch norm over many batches, kept in place on the device: running averages and whole populations. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { runElementwise, vectorComponents } from '#gpu/elementwise/elementwise-program.ts';

/** PyTorch's momentum: the share of the new batch. */
export const batchNormMomentum = 0.1;

interface Merge {
  /** Share of the new moments, 0 to 1. */
  readonly share: number;
  /** Factor of the new variance. */
  readonly varianceFactor: number;
  /** 1 adds the variance between the two means, 0 leaves it out. */
  readonly between: 0 | 1;
}

const mergeInto = (
  backend: WebGPUBackend,
  target: Tensor2D,
  moments: Tensor2D,
  { share, varianceFactor, between }: Merge,
): void => {
  const channels = target.shape[1];
  const components = vectorComponents(channels);
  runElementwise(
    backend,
    {
      name: 'batch-norm-merge',
      inputs: { moments },
      components,
      uniforms: [
        { name: 'vectors', type: 'int32', value: channels / components },
        { name: 'share', type: 'float32', value: share },
        { name: 'varianceFactor', type: 'float32', value: varianceFactor },
        { name: 'between', type: 'float32', value: between * share * (1 - share) },
      ],
      // One thread has both rows of a channel, since the variance needs the mean from before.
      body: /* wgsl */ `
      if (index < uniforms.vectors) {
        let row = index + uniforms.vectors;
        let delta = moments[index] - result[index];
        let change = uniforms.varianceFactor * moments[row] - result[row];
        result[index] = result[index] + uniforms.share * delta;
        result[row] = result[row] + uniforms.share * change + uniforms.between * delta * delta;
      }`,
    },
    target,
  );
};

/**
 * Moves running averages towards a batch's moments, in place, as `torch.nn.BatchNorm2d` does: by the momentum 0.1, with
 * the variance made unbiased.
 * @param running float32 [2, C]: mean, then variance
 * @param moments float32 [2, C]: the batch's mean and biased variance
 * @param rows values of a channel in the batch, at least 2
 * @throws RangeError for fewer rows, which have no variance
 */
export const updateRunningAverages = (
  backend: WebGPUBackend,
  running: Tensor2D,
  moments: Tensor2D,
  rows: number,
): void => {
  if (rows < 2) throw new RangeError(`Running averages got ${rows} value a channel, expected at least 2.`);
  mergeInto(backend, running, moments, {
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
export const joinMoments = (
  backend: WebGPUBackend,
  population: Tensor2D,
  moments: Tensor2D,
  share: number,
): void => mergeInto(backend, population, moments, { share, varianceFactor: 1, between: 1 });
