/** The frequency weights w(u, v) of Eq. 8, unshifted: index 0 is the zero frequency. */
import type { WeightName } from './config.ts';

type WeightFunction = (row: number, column: number, rows: number, columns: number) => number;

/** The signed frequency in [-M/2, M/2) of an index in 0..M-1. */
const signedFrequency = (index: number, count: number): number => (index < count / 2 ? index : index - count);

const weightFunctions: Readonly<Record<WeightName, WeightFunction>> = {
  radial: (row, column, rows, columns) =>
    Math.hypot(signedFrequency(row, rows), signedFrequency(column, columns)),
  'radial-literal': (row, column) => Math.hypot(row, column),
  uniform: () => 1,
};

/**
 * The weight of each frequency: `radial` sqrt(u^2 + v^2) of signed frequencies (Eq. 7 as the paper's text means it),
 * `radial-literal` the same of u, v in 0..M-1 (Eq. 7 as printed), `uniform` 1 (Eq. 5).
 * @param dcWeight w(0, 0) in units of the largest weight; 0 is Eq. 7 as printed, 1 is Eq. 5's own for `uniform`
 * @returns [rows, columns] row-major, unshifted: u in 0..rows-1, v in 0..columns-1
 */
export const frequencyWeight = (
  name: WeightName,
  rows: number,
  columns: number,
  dcWeight: number,
): Float32Array => {
  const weightOf = weightFunctions[name];
  const weight = new Float32Array(rows * columns);
  let largest = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const value = weightOf(row, column, rows, columns);
      weight[at] = value;
      largest = Math.max(largest, value);
    }
  }
  weight[0] = dcWeight * largest;
  return weight;
};
