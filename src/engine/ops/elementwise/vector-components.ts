/** How kernels read rows of floats: by vectors of four if every row allows it. Pure. */

/** The `components` of a program over rows of these lengths: 4 if all are multiples of four, else 1. */
export const vectorComponents = (...counts: readonly number[]): 1 | 4 =>
  counts.every((count) => count % 4 === 0) ? 4 : 1;
