/** The kernel names that the op `addReluUpsampled` shares with its kernels on each backend. */

/** Names in tfjs's registry. */
export const addReluUpsampledKernels = {
  /** a, b -> y */
  forward: 'ResiduaAddReluUpsampled',
  /** y, dy -> [da, db] */
  gradient: 'ResiduaAddReluUpsampledGradient',
} as const;
