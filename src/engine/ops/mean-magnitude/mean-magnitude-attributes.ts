/** Names and attributes of the kernels of the mean spectrum. */
import type { ImageShape, WorkgroupLimits } from '../fft/plan.ts';

/** Kernel of input `x`, images [B, M, N, C], to the mean magnitude of their spectra [M, N]. */
export const meanMagnitudeName = 'ResiduaMeanMagnitude';

export interface MeanMagnitudeAttributes {
  readonly shape: ImageShape;
  readonly limits: WorkgroupLimits | undefined;
}
