/** The signed frequency of an index of a transform. */

/** Returns the signed frequency in [-count / 2, count / 2) of an index in 0 to count - 1. */
export const signedFrequency = (index: number, count: number): number =>
  index < count / 2 ? index : index - count;
