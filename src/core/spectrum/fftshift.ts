/** Moves the zero frequency of a spectrum to the middle. */

/**
 * Reorders indices 0..M-1 to signed frequencies -M/2..M/2-1, in both directions, like `numpy.fft.fftshift`.
 * @param values row-major, [rows, columns], even sides
 * @returns a new array of the same kind; zero frequency at [rows / 2, columns / 2]
 */
export const fftshift = <T extends Float32Array | Float64Array>(
  values: T,
  rows: number,
  columns: number,
): T => {
  const shifted = values.slice() as T;
  const half = columns / 2;
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    const to = ((row + rows / 2) % rows) * columns;
    shifted.set(values.subarray(from, from + half), to + half);
    shifted.set(values.subarray(from + half, from + columns), to);
  }
  return shifted;
};
