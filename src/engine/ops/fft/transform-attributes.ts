/** Names and attributes of the kernels of the two-dimensional transform. */
import type { ImageShape, WorkgroupLimits } from './plan.ts';

/** The kernel that transforms the input `x`, real matrices, to half spectra. */
export const forwardName = 'ResiduaRfft2d';

/** The kernel that transforms the input `spectrum`, half spectra, to real matrices. */
export const inverseName = 'ResiduaIrfft2d';

/** Factors of the columns that are their own mirror images (0 and N/2), and of the others, which represent two each. */
export interface ColumnScales {
  readonly edge: number;
  readonly interior: number;
}

/** Attributes of both kernels, which normalize by these scales alone. */
export interface TransformAttributes extends ColumnScales {
  readonly shape: ImageShape;
  readonly limits: WorkgroupLimits | undefined;
  readonly imageShape: readonly number[];
  readonly spectrumShape: readonly number[];
}
