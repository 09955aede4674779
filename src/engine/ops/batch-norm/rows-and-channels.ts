/** Any NHWC tensor as a matrix: rows of channels. Pure. */

/** Rows and channels of an NHWC shape: all but the last axis, and the last. */
export const rowsAndChannels = (shape: readonly number[]): { rows: number; channels: number } => {
  const channels = shape[shape.length - 1] ?? 0;
  return { rows: shape.slice(0, -1).reduce((product, size) => product * size, 1), channels };
};
