/** Views any NHWC tensor as a matrix with rows of channels. Pure. */

/** Rows and channels of an NHWC shape: the product of all axes but the last, and the last axis. */
export const rowsAndChannels = (shape: readonly number[]): { rows: number; channels: number } => {
  const channels = shape[shape.length - 1] ?? 0;
  return { rows: shape.slice(0, -1).reduce((product, size) => product * size, 1), channels };
};
