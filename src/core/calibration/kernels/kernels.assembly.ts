/** The module of all calibration kernels. */
export { factorise, writeDistances } from './distances.assembly.ts';
export { subtractPlanes, transformPlane, writeBand } from './split-plane.assembly.ts';
export { takeResidual } from './take-residual.assembly.ts';
export { updateStatistics } from './update-statistics.assembly.ts';
