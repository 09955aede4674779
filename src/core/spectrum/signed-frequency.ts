/** The frequency that an index of a transform stands for. */

/** Signed frequency in [-count / 2, count / 2) of an index in 0 .. count - 1. */
export const signedFrequency = (index: number, count: number): number =>
  index < count / 2 ? index : index - count;
