/** A calibration as matrices that turn a residual into independent numbers of variance 1, for other programs. */
import type { Calibration } from './calibration.ts';
import { planesOfGroups, rowsOf } from './kernels/grouped-planes.ts';
import { triangleIndex } from './residual-statistics.ts';

/** The squared distance of a residual r at a pixel is |W (r - m)|^2, with W = L^-1, a lower triangle. */
export interface Whitening {
  /** m: d planes [S, S] row-major, one after the other. */
  readonly mean: Float32Array;
  /** Row i of W: its entries 0 to i, a plane [S, S] each. */
  readonly rows: readonly Float32Array[];
}

/** Computes it by forward substitution in float64; new arrays. */
export const whitening = ({ components, pixels, values }: Calibration): Whitening => {
  const planes = planesOfGroups(values, rowsOf(components), pixels);
  const mean = new Float32Array(components * pixels);
  for (let i = 0; i < components; i++) mean.set(planes[i]!, i * pixels);
  const factor = planes.slice(components);
  const rows = Array.from({ length: components }, (_, i) => new Float32Array((i + 1) * pixels));
  const inverse = new Float64Array(factor.length);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let i = 0; i < components; i++) {
      // The diagonal of the factor holds reciprocals.
      const scale = factor[triangleIndex(i, i)]![pixel]!;
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = j; k < i; k++)
          sum += factor[triangleIndex(i, k)]![pixel]! * inverse[triangleIndex(k, j)]!;
        const entry = i === j ? scale : -scale * sum;
        inverse[triangleIndex(i, j)] = entry;
        rows[i]![j * pixels + pixel] = entry;
      }
    }
  }
  return { mean, rows };
};
