/** What the kernels of the two-dimensional transform are called, and what they are told. */
import type { ImageShape, WorkgroupLimits } from './plan.ts';

/** Kernel of input `x`, real matrices, to their half spectra. */
export const forwardName = 'ResiduaRfft2d';

/** Kernel of input `spectrum`, half spectra, to real matrices. */
export const inverseName = 'ResiduaIrfft2d';

/** Factors of the columns that are their own mirror images (0 and N/2), and of the others, which stand for two. */
export interface ColumnScales {
  readonly edge: number;
  readonly interior: number;
}

/** Attributes of both kernels. Neither normalizes but by its scales. */
export interface TransformAttributes extends ColumnScales {
  readonly shape: ImageShape;
  readonly limits: WorkgroupLimits | undefined;
  readonly imageShape: readonly number[];
  readonly spectrumShape: readonly number[];
}
