/**
 * The weighted frequency domain loss along the rows of the spectrum that `image-columns.assembly.ts` makes: the forward
 * transform, w D / |D|, and the inverse transform.
 */
import { mostPoints, pointBytes, transformLines } from '../fft/cpu/line-transform.assembly.ts';
import { storeSwapped } from '../fft/cpu/spectrum-rows.assembly.ts';

@unmanaged
class FoldArguments {
  /** float32 [rows, columns] */
  weight: usize;
  /** float32 [rows / 8 + 1, columns, 4] */
  folded: usize;
  rows: i32;
  columns: i32;
  groupsPerChunk: i32;
}

/** The mean of w at a frequency and its mirror image: a real image depends on nothing else of w. 0 beyond row M/2. */
export function runFoldWeight(address: usize, chunk: i32): void {
  const given = changetype<FoldArguments>(address);
  const rows = given.rows;
  const columns = given.columns;
  const weight = given.weight;
  const first = chunk * given.groupsPerChunk;
  const last = min(first + given.groupsPerChunk, (rows >> 3) + 1);
  for (let group = first; group < last; group++) {
    for (let lane = 0; lane < 4; lane++) {
      const u = 4 * group + lane;
      const isRow = u <= rows >> 1;
      const own = weight + <usize>(u * columns) * 4;
      const mirror = weight + <usize>(((rows - u) & (rows - 1)) * columns) * 4;
      let to = given.folded + <usize>(group * columns * 4 + lane) * 4;
      for (let v = 0; v < columns; v++) {
        const opposite = <usize>((columns - v) & (columns - 1)) * 4;
        const mean: f32 = isRow ? 0.5 * (load<f32>(own + <usize>v * 4) + load<f32>(mirror + opposite)) : 0;
        store<f32>(to, mean);
        to += 16;
      }
    }
  }
}

@unmanaged
class WfdlArguments {
  spectrum: usize;
  /** From `runFoldWeight`. */
  folded: usize;
  /** Likewise of a second weight, or 0. */
  secondFolded: usize;
  /** Of length `columns`. */
  twiddles: usize;
  /** float64 [chunks, 2]: sum of w |D| by the first weight and by the second. */
  parts: usize;
  rows: i32;
  columns: i32;
  channels: i32;
  groupBytes: i32;
  groupsPerChunk: i32;
  chunksPerImage: i32;
}

/** The sum of four lanes, each times the number of rows of the spectrum that its row represents. */
function rowSum(low: v128, high: v128, group: i32, groups: i32): f64 {
  const first = f64x2.extract_lane(low, 0);
  if (group === groups - 1) return first;
  const others = f64x2.extract_lane(low, 1) + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1));
  return (group === 0 ? 1 : 2) * first + 2 * others;
}

/** Sum of w |D| over four rows. */
function weighedSum(lines: usize, weights: usize, points: usize, group: i32, groups: i32): f64 {
  const end = lines + points * pointBytes;
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let weight = weights;
  for (let at = lines; at < end; at += pointBytes) {
    const real = v128.load(at);
    const imaginary = v128.load(at, 16);
    const magnitude = f32x4.sqrt(f32x4.add(f32x4.mul(real, real), f32x4.mul(imaginary, imaginary)));
    const term = f32x4.mul(v128.load(weight), magnitude);
    low = f64x2.add(low, f64x2.promote_low_f32x4(term));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(term, term, 2, 3, 2, 3)));
    weight += 16;
  }
  return rowSum(low, high, group, groups);
}

/** Makes w D / |D| of D, real and imaginary parts exchanged; 0 where D is 0. @returns the sum of w |D| over four rows */
function weighRows(lines: usize, weights: usize, points: usize, group: i32, groups: i32): f64 {
  const end = lines + points * pointBytes;
  const zero = f32x4.splat(0);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let from = weights;
  for (let at = lines; at < end; at += pointBytes) {
    const real = v128.load(at);
    const imaginary = v128.load(at, 16);
    const weight = v128.load(from);
    const magnitude = f32x4.sqrt(f32x4.add(f32x4.mul(real, real), f32x4.mul(imaginary, imaginary)));
    // NaN is not equal to 0, so that it goes through.
    const factor = v128.and(f32x4.div(weight, magnitude), f32x4.ne(magnitude, zero));
    v128.store(at, f32x4.mul(imaginary, factor));
    v128.store(at, f32x4.mul(real, factor), 16);
    const term = f32x4.mul(weight, magnitude);
    low = f64x2.add(low, f64x2.promote_low_f32x4(term));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(term, term, 2, 3, 2, 3)));
    from += 16;
  }
  return rowSum(low, high, group, groups);
}

export function runWfdlRows(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<WfdlArguments>(address);
  const columns = given.columns;
  const channels = given.channels;
  const groups = (given.rows >> 3) + 1;
  const image = <usize>(chunk / given.chunksPerImage);
  const first = (chunk % given.chunksPerImage) * given.groupsPerChunk;
  const last = min(first + given.groupsPerChunk, groups);
  const stride = <usize>channels * pointBytes;
  const other = scratch + mostPoints * pointBytes;
  const secondFolded = given.secondFolded;
  const twiddles = given.twiddles;
  let sum: f64 = 0;
  let secondSum: f64 = 0;
  for (let group = first; group < last; group++) {
    const row = given.spectrum + (image * groups + group) * given.groupBytes;
    const weights = <usize>(group * columns) * 16;
    for (let channel = 0; channel < channels; channel++) {
      const place = row + <usize>channel * pointBytes;
      const lines = transformLines(place, stride, scratch, other, columns, twiddles);
      if (secondFolded !== 0) {
        secondSum += weighedSum(lines, secondFolded + weights, columns, group, groups);
      }
      sum += weighRows(lines, given.folded + weights, columns, group, groups);
      const free = lines === scratch ? other : scratch;
      const back = transformLines(lines, pointBytes, free, lines, columns, twiddles);
      storeSwapped(back, place, stride, columns);
    }
  }
  const parts = given.parts + <usize>chunk * 16;
  store<f64>(parts, sum);
  store<f64>(parts, secondSum, 8);
}
