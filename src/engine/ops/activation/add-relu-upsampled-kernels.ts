/** What the op `addReluUpsampled` and its kernels on each backend agree on: their names. */

/** Names in tfjs's registry. */
export const addReluUpsampledKernels = {
  /** a, b -> y */
  forward: 'ResiduaAddReluUpsampled',
  /** y, dy -> [da, db] */
  gradient: 'ResiduaAddReluUpsampledGradient',
} as const;
