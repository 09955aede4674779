/**
 * Planes in groups of 8 pixels. A group holds a row of 8 values per plane, which keeps the values of one pixel close
 * together. Means and matrices use this layout: d rows of means, then the lower triangle of the matrix.
 */
import { groupPixels, groupsOf } from './addresses.ts';
import { scratch } from './kernel-memory.ts';

/** Rows of a group: d means, and d (d + 1) / 2 entries of a symmetric matrix. */
export const rowsOf = (components: number): number => components + (components * (components + 1)) / 2;

/** Number of float64 values for this many pixels and components. */
export const groupedLength = (components: number, pixels: number): number =>
  groupsOf(pixels) * rowsOf(components) * groupPixels;

/** Number of groups that fit the kernels' scratch memory. */
export const groupsInScratch = (components: number): number =>
  Math.floor(scratch.bytes / (8 * rowsOf(components) * groupPixels));

/** Groups that are copied together: few enough for a cache. */
const groupsAtOnce = 32;

/**
 * Copies planes out of groups.
 * @returns a new plane per row
 */
export const planesOfGroups = (values: Float64Array, rows: number, pixels: number): Float64Array[] => {
  const planes = Array.from({ length: rows }, () => new Float64Array(pixels));
  const groups = groupsOf(pixels);
  for (let first = 0; first < groups; first += groupsAtOnce) {
    const last = Math.min(groups, first + groupsAtOnce);
    for (let row = 0; row < rows; row++) copyRow(values, rows, row, planes[row], first, last);
  }
  return planes;
};

const copyRow = (
  values: Float64Array,
  rows: number,
  row: number,
  plane: Float64Array,
  first: number,
  last: number,
): void => {
  const end = Math.min(plane.length, last * groupPixels);
  for (let pixel = first * groupPixels; pixel < end; pixel += groupPixels) {
    const from = (pixel * rows) | 0;
    const count = Math.min(groupPixels, end - pixel);
    for (let lane = 0; lane < count; lane++) plane[pixel + lane] = values[from + row * groupPixels + lane];
  }
};
