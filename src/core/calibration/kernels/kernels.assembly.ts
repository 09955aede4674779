/** The module of all calibration kernels. */
export { factorize } from './distances.assembly.ts';
export { serve, share } from './share-work.assembly.ts';
export { takeResidual } from './take-residual.assembly.ts';
