/**
 * The transforms along the columns of real images [images, rows, columns x channels], four neighboring columns at once.
 * Columns j and j + width / 2 are the real and imaginary part of one complex line. The spectrum between the two kernels of
 * this file has rows u = 0..M/2 only, in groups of four: [images, M/8 + 1, width, 8], the real parts of four rows, then their
 * imaginary parts. The last group holds row M/2 four times.
 */
import { mostPoints, pointBytes, transformLines } from './line-transform.assembly.ts';

@unmanaged
class ColumnArguments {
  /** Read by the first kernel, written by the second. */
  images: usize;
  /** Images that the first kernel subtracts, or 0. */
  subtracted: usize;
  spectrum: usize;
  /** Of length `rows`. */
  twiddles: usize;
  rows: i32;
  /** Columns times channels. */
  width: i32;
  /** From one group of rows of the spectrum to the next. */
  groupBytes: i32;
  /** Groups of four columns. */
  foursPerChunk: i32;
  chunksPerImage: i32;
  /** Of the result. */
  scale: f32;
}

/** Stores the columns of a 4 x 4 matrix, given by its rows, one in each of four neighboring points. */
function storeTransposed(target: usize, row0: v128, row1: v128, row2: v128, row3: v128): void {
  const low01 = v128.shuffle<i32>(row0, row1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(row0, row1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(row2, row3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(row2, row3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(target, v128.shuffle<i64>(low01, low23, 1, 3), 32);
  v128.store(target, v128.shuffle<i64>(high01, high23, 0, 2), 64);
  v128.store(target, v128.shuffle<i64>(high01, high23, 1, 3), 96);
}

/** Separates the transforms of two real columns and stores the spectrum of each, rows 4g..4g+3. */
function storeGroup(lines: usize, low: usize, high: usize, left: usize, right: usize, half: v128): void {
  const points = lines + low;
  const mirrors = lines + high;
  const real0 = v128.load(points);
  const real1 = v128.load(points, 32);
  const real2 = v128.load(points, 64);
  const real3 = v128.load(points, 96);
  const imaginary0 = v128.load(points, 16);
  const imaginary1 = v128.load(points, 48);
  const imaginary2 = v128.load(points, 80);
  const imaginary3 = v128.load(points, 112);
  // The mirror of row 0 is row 0.
  const first = low === 0 ? lines : mirrors + 96;
  const mirror0 = v128.load(first);
  const mirror1 = v128.load(mirrors, 64);
  const mirror2 = v128.load(mirrors, 32);
  const mirror3 = v128.load(mirrors);
  const mirrorImaginary0 = v128.load(first, 16);
  const mirrorImaginary1 = v128.load(mirrors, 80);
  const mirrorImaginary2 = v128.load(mirrors, 48);
  const mirrorImaginary3 = v128.load(mirrors, 16);
  storeTransposed(
    left,
    f32x4.mul(f32x4.add(real0, mirror0), half),
    f32x4.mul(f32x4.add(real1, mirror1), half),
    f32x4.mul(f32x4.add(real2, mirror2), half),
    f32x4.mul(f32x4.add(real3, mirror3), half),
  );
  storeTransposed(
    left + 16,
    f32x4.mul(f32x4.sub(imaginary0, mirrorImaginary0), half),
    f32x4.mul(f32x4.sub(imaginary1, mirrorImaginary1), half),
    f32x4.mul(f32x4.sub(imaginary2, mirrorImaginary2), half),
    f32x4.mul(f32x4.sub(imaginary3, mirrorImaginary3), half),
  );
  storeTransposed(
    right,
    f32x4.mul(f32x4.add(imaginary0, mirrorImaginary0), half),
    f32x4.mul(f32x4.add(imaginary1, mirrorImaginary1), half),
    f32x4.mul(f32x4.add(imaginary2, mirrorImaginary2), half),
    f32x4.mul(f32x4.add(imaginary3, mirrorImaginary3), half),
  );
  storeTransposed(
    right + 16,
    f32x4.mul(f32x4.sub(mirror0, real0), half),
    f32x4.mul(f32x4.sub(mirror1, real1), half),
    f32x4.mul(f32x4.sub(mirror2, real2), half),
    f32x4.mul(f32x4.sub(mirror3, real3), half),
  );
}

/** Images, or their differences, to the spectrum along columns, times `scale`. */
export function runImageColumns(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<ColumnArguments>(address);
  const rows = <usize>given.rows;
  const rowBytes = <usize>given.width * 4;
  const halfBytes = rowBytes >> 1;
  const groupBytes = <usize>given.groupBytes;
  const groups = rows >> 3;
  const image = <usize>(chunk / given.chunksPerImage);
  const firstFour = (chunk % given.chunksPerImage) * given.foursPerChunk;
  const lastFour = min(firstFour + given.foursPerChunk, given.width >> 3);
  const subtracted = given.subtracted;
  const twiddles = given.twiddles;
  const half = f32x4.splat(0.5 * given.scale);
  const other = scratch + mostPoints * pointBytes;
  const zero = f32x4.splat(0);
  for (let four = firstFour; four < lastFour; four++) {
    let offset = image * rows * rowBytes + <usize>four * 16;
    const end = scratch + rows * pointBytes;
    for (let to = scratch; to < end; to += pointBytes) {
      let real = v128.load(given.images + offset);
      let imaginary = v128.load(given.images + offset + halfBytes);
      if (subtracted !== 0) {
        real = f32x4.sub(real, v128.load(subtracted + offset));
        imaginary = f32x4.sub(imaginary, v128.load(subtracted + offset + halfBytes));
      }
      v128.store(to, real);
      v128.store(to, imaginary, 16);
      offset += rowBytes;
    }
    const lines = transformLines(scratch, pointBytes, other, scratch, rows, twiddles);
    const left = given.spectrum + image * (groups + 1) * groupBytes + <usize>four * 4 * pointBytes;
    const right = left + <usize>(given.width >> 1) * pointBytes;
    for (let group: usize = 0; group < groups; group++) {
      const low = group * 4 * pointBytes;
      const high = (rows - group * 4 - 3) * pointBytes;
      storeGroup(lines, low, high, left + group * groupBytes, right + group * groupBytes, half);
    }
    const middle = lines + (rows >> 1) * pointBytes;
    const real = f32x4.mul(f32x4.add(v128.load(middle), v128.load(middle)), half);
    const imaginary = f32x4.mul(f32x4.add(v128.load(middle, 16), v128.load(middle, 16)), half);
    const last = groups * groupBytes;
    storeTransposed(left + last, real, real, real, real);
    storeTransposed(left + last + 16, zero, zero, zero, zero);
    storeTransposed(right + last, imaginary, imaginary, imaginary, imaginary);
    storeTransposed(right + last + 16, zero, zero, zero, zero);
  }
}

/** One row of four neighboring points of the spectrum: a column of the 4 x 4 matrix that they make. */
function lowPair(source: usize): v128 {
  return v128.shuffle<i32>(v128.load(source), v128.load(source, 32), 0, 4, 1, 5);
}

function highPair(source: usize): v128 {
  return v128.shuffle<i32>(v128.load(source), v128.load(source, 32), 2, 6, 3, 7);
}

function even(first: v128, second: v128): v128 {
  return v128.shuffle<i64>(first, second, 0, 2);
}

function odd(first: v128, second: v128): v128 {
  return v128.shuffle<i64>(first, second, 1, 3);
}

/** Joins two real columns' spectra, real and imaginary parts exchanged: a row, and its mirror. */
function joinRow(
  to: usize,
  mirror: usize,
  leftReal: v128,
  leftImaginary: v128,
  rightReal: v128,
  rightImaginary: v128,
): void {
  v128.store(to, f32x4.add(rightReal, leftImaginary));
  v128.store(to, f32x4.sub(leftReal, rightImaginary), 16);
  v128.store(mirror, f32x4.sub(rightReal, leftImaginary));
  v128.store(mirror, f32x4.add(leftReal, rightImaginary), 16);
}

/** Joins rows 4g..4g+3 of two columns' spectra. `own` clears the part that row 0 of a real image cannot have. */
function joinGroup(left: usize, right: usize, to: usize, mirror: usize, firstMirror: usize, own: v128): void {
  const real01 = lowPair(left);
  const real23 = highPair(left);
  const other01 = lowPair(left + 64);
  const other23 = highPair(left + 64);
  const imaginary01 = lowPair(left + 16);
  const imaginary23 = highPair(left + 16);
  const otherImaginary01 = lowPair(left + 80);
  const otherImaginary23 = highPair(left + 80);
  const rightReal01 = lowPair(right);
  const rightReal23 = highPair(right);
  const rightOther01 = lowPair(right + 64);
  const rightOther23 = highPair(right + 64);
  const rightImaginary01 = lowPair(right + 16);
  const rightImaginary23 = highPair(right + 16);
  const rightOtherImaginary01 = lowPair(right + 80);
  const rightOtherImaginary23 = highPair(right + 80);
  joinRow(
    to,
    firstMirror,
    even(real01, other01),
    v128.and(even(imaginary01, otherImaginary01), own),
    even(rightReal01, rightOther01),
    v128.and(even(rightImaginary01, rightOtherImaginary01), own),
  );
  joinRow(
    to + 32,
    mirror + 64,
    odd(real01, other01),
    odd(imaginary01, otherImaginary01),
    odd(rightReal01, rightOther01),
    odd(rightImaginary01, rightOtherImaginary01),
  );
  joinRow(
    to + 64,
    mirror + 32,
    even(real23, other23),
    even(imaginary23, otherImaginary23),
    even(rightReal23, rightOther23),
    even(rightImaginary23, rightOtherImaginary23),
  );
  joinRow(
    to + 96,
    mirror,
    odd(real23, other23),
    odd(imaginary23, otherImaginary23),
    odd(rightReal23, rightOther23),
    odd(rightImaginary23, rightOtherImaginary23),
  );
}

/** Transforms the spectrum along columns back to images, times `scale`. It uses only the real images' part of rows 0 and M/2. */
export function runImageColumnsBack(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<ColumnArguments>(address);
  const rows = <usize>given.rows;
  const rowBytes = <usize>given.width * 4;
  const halfBytes = rowBytes >> 1;
  const groupBytes = <usize>given.groupBytes;
  const groups = rows >> 3;
  const image = <usize>(chunk / given.chunksPerImage);
  const firstFour = (chunk % given.chunksPerImage) * given.foursPerChunk;
  const lastFour = min(firstFour + given.foursPerChunk, given.width >> 3);
  const twiddles = given.twiddles;
  const scale = f32x4.splat(given.scale);
  const other = scratch + mostPoints * pointBytes;
  for (let four = firstFour; four < lastFour; four++) {
    const left = given.spectrum + image * (groups + 1) * groupBytes + <usize>four * 4 * pointBytes;
    const right = left + <usize>(given.width >> 1) * pointBytes;
    for (let group: usize = 0; group < groups; group++) {
      const mirror = scratch + (rows - group * 4 - 3) * pointBytes;
      joinGroup(
        left + group * groupBytes,
        right + group * groupBytes,
        scratch + group * 4 * pointBytes,
        mirror,
        group === 0 ? scratch : mirror + 96,
        i32x4.splat(group === 0 ? 0 : -1),
      );
    }
    const last = groups * groupBytes;
    const middle = scratch + (rows >> 1) * pointBytes;
    v128.store(middle, even(lowPair(right + last), lowPair(right + last + 64)));
    v128.store(middle, even(lowPair(left + last), lowPair(left + last + 64)), 16);
    const lines = transformLines(scratch, pointBytes, other, scratch, rows, twiddles);
    let target = given.images + image * rows * rowBytes + <usize>four * 16;
    const end = lines + rows * pointBytes;
    for (let from = lines; from < end; from += pointBytes) {
      v128.store(target, f32x4.mul(v128.load(from, 16), scale));
      v128.store(target + halfBytes, f32x4.mul(v128.load(from), scale));
      target += rowBytes;
    }
  }
}
