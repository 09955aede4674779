/** The one rule for how kernels read rows of floats: by vectors of four where every row allows it. Pure. */

/** 4 where vectors of four divide every given count, else 1: the `components` of a program over rows of these lengths. */
export const vectorComponents = (...counts: readonly number[]): 1 | 4 =>
  counts.every((count) => count % 4 === 0) ? 4 : 1;
