/**
 * Register tiles of a product that is summed over pixels: four channels of one tensor by eight columns of another. Each is
 * stored once, when its sum is complete.
 */
import { storeRow } from './product-tiles.assembly.ts';

function storeTile(
  target: usize,
  rowBytes: usize,
  rows: i32,
  columns: i32,
  s0: v128,
  t0: v128,
  s1: v128,
  t1: v128,
  s2: v128,
  t2: v128,
  s3: v128,
  t3: v128,
): void {
  storeRow(target, s0, t0, columns);
  if (rows > 1) storeRow(target + rowBytes, s1, t1, columns);
  if (rows > 2) storeRow(target + 2 * rowBytes, s2, t2, columns);
  if (rows > 3) storeRow(target + 3 * rowBytes, s3, t3, columns);
}

/**
 * Sums over the pixels of rows of images.
 * @param fromA the first channel of the first pixel; four channels are read
 * @param fromB the first column of the first pixel; eight columns are read
 * @param aPixel bytes from one pixel to the next; `aRow` from the end of a row of pixels to the next row;
 *   `aImage` from the end of the last row to the next image
 * @param storedRows channels that exist, up to four
 * @param storedColumns columns that exist; more than eight count as eight
 */
export function sumOverRows(
  fromA: usize,
  fromB: usize,
  images: i32,
  rows: i32,
  columns: i32,
  aPixel: usize,
  aRow: usize,
  aImage: usize,
  bPixel: usize,
  bRow: usize,
  bImage: usize,
  target: usize,
  targetRowBytes: usize,
  storedRows: i32,
  storedColumns: i32,
): void {
  let a = fromA;
  let b = fromB;
  let s0 = f32x4.splat(0);
  let t0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let t2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let t3 = f32x4.splat(0);
  for (let image = images; image > 0; image--) {
    for (let row = rows; row > 0; row--) {
      for (let column = columns; column > 0; column--) {
        const low = v128.load(b);
        const high = v128.load(b, 16);
        const p0 = v128.load32_splat(a);
        s0 = f32x4.add(s0, f32x4.mul(p0, low));
        t0 = f32x4.add(t0, f32x4.mul(p0, high));
        const p1 = v128.load32_splat(a, 4);
        s1 = f32x4.add(s1, f32x4.mul(p1, low));
        t1 = f32x4.add(t1, f32x4.mul(p1, high));
        const p2 = v128.load32_splat(a, 8);
        s2 = f32x4.add(s2, f32x4.mul(p2, low));
        t2 = f32x4.add(t2, f32x4.mul(p2, high));
        const p3 = v128.load32_splat(a, 12);
        s3 = f32x4.add(s3, f32x4.mul(p3, low));
        t3 = f32x4.add(t3, f32x4.mul(p3, high));
        a += aPixel;
        b += bPixel;
      }
      a += aRow;
      b += bRow;
    }
    a += aImage;
    b += bImage;
  }
  storeTile(target, targetRowBytes, storedRows, storedColumns, s0, t0, s1, t1, s2, t2, s3, t3);
}

/** Like `sumOverRows`, with four columns. */
export function sumOverRowsOfFour(
  fromA: usize,
  fromB: usize,
  images: i32,
  rows: i32,
  columns: i32,
  aPixel: usize,
  aRow: usize,
  aImage: usize,
  bPixel: usize,
  bRow: usize,
  bImage: usize,
  target: usize,
  targetRowBytes: usize,
  storedRows: i32,
  storedColumns: i32,
): void {
  let a = fromA;
  let b = fromB;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let image = images; image > 0; image--) {
    for (let row = rows; row > 0; row--) {
      for (let column = columns; column > 0; column--) {
        const low = v128.load(b);
        s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(a), low));
        s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(a, 4), low));
        s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(a, 8), low));
        s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(a, 12), low));
        a += aPixel;
        b += bPixel;
      }
      a += aRow;
      b += bRow;
    }
    a += aImage;
    b += bImage;
  }
  storeTile(target, targetRowBytes, storedRows, storedColumns, s0, s0, s1, s1, s2, s2, s3, s3);
}

/**
 * Sums over a list of pixels.
 * @param pairs for each pixel, its addresses in both tensors
 * @param a bytes from the first address to the first of four channels
 * @param b bytes from the second address to the first of eight columns
 */
export function sumOverPairs(
  pairs: usize,
  count: i32,
  a: usize,
  b: usize,
  target: usize,
  targetRowBytes: usize,
  storedColumns: i32,
): void {
  let pair = pairs;
  let s0 = f32x4.splat(0);
  let t0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let t2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let t3 = f32x4.splat(0);
  for (let left = count; left > 0; left--) {
    const pixelA = load<usize>(pair) + a;
    const pixelB = load<usize>(pair, 4) + b;
    const low = v128.load(pixelB);
    const high = v128.load(pixelB, 16);
    const p0 = v128.load32_splat(pixelA);
    s0 = f32x4.add(s0, f32x4.mul(p0, low));
    t0 = f32x4.add(t0, f32x4.mul(p0, high));
    const p1 = v128.load32_splat(pixelA, 4);
    s1 = f32x4.add(s1, f32x4.mul(p1, low));
    t1 = f32x4.add(t1, f32x4.mul(p1, high));
    const p2 = v128.load32_splat(pixelA, 8);
    s2 = f32x4.add(s2, f32x4.mul(p2, low));
    t2 = f32x4.add(t2, f32x4.mul(p2, high));
    const p3 = v128.load32_splat(pixelA, 12);
    s3 = f32x4.add(s3, f32x4.mul(p3, low));
    t3 = f32x4.add(t3, f32x4.mul(p3, high));
    pair += 8;
  }
  storeTile(target, targetRowBytes, 4, storedColumns, s0, t0, s1, t1, s2, t2, s3, t3);
}

/** Like `sumOverPairs`, with four columns. */
export function sumOverPairsOfFour(
  pairs: usize,
  count: i32,
  a: usize,
  b: usize,
  target: usize,
  targetRowBytes: usize,
): void {
  let pair = pairs;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let left = count; left > 0; left--) {
    const pixelA = load<usize>(pair) + a;
    const low = v128.load(load<usize>(pair, 4) + b);
    s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(pixelA), low));
    s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(pixelA, 4), low));
    s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(pixelA, 8), low));
    s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(pixelA, 12), low));
    pair += 8;
  }
  storeTile(target, targetRowBytes, 4, 4, s0, s0, s1, s1, s2, s2, s3, s3);
}
