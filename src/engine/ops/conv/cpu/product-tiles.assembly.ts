/**
 * Register tiles of the product of gathered pixels and a filter. In the left matrix, a pixel's row consists
 * of several runs of floats in memory, one per row of taps. In the right matrix, a row is 4 or 8 columns of
 * floats.
 *
 * In V8 (15 vectors), a tile of four pixels by eight columns leaves registers for the operands. With one step
 * of the sum per iteration, the values stay in registers; unrolled loops spill. The tiles are written out in
 * full because AssemblyScript inlines through a decorator, and TypeScript's grammar, with which this file is
 * checked and formatted, has no decorators for functions.
 */

/** Stores the first `columns` lanes, 1 to 3. */
export function storeLanes(target: usize, value: v128, columns: i32): void {
  if (columns === 1) {
    v128.store32_lane(target, value, 0);
    return;
  }
  v128.store64_lane(target, value, 0);
  if (columns === 3) v128.store32_lane(target, value, 2, 8);
}

/** Stores the first `columns` values of a row of eight. */
export function storeRow(target: usize, low: v128, high: v128, columns: i32): void {
  if (columns < 4) {
    storeLanes(target, low, columns);
    return;
  }
  v128.store(target, low);
  if (columns >= 8) v128.store(target, high, 16);
  else if (columns > 4) storeLanes(target + 16, high, columns - 4);
}

/**
 * Four pixels by eight columns.
 * @param from0 the first run of pixel 0, and so on
 * @param run number of floats in a run
 * @param runBack bytes from the end of a run to the beginning of the next
 * @param filter address of the filter's first row
 * @param rowBytes bytes from one row of the filter to the next
 * @param rowSkip bytes from the filter's row after a run to the row of the next run
 * @param y0 address of the columns of pixel 0, and so on; several may be the same
 */
export function tileOfEight(
  from0: usize,
  from1: usize,
  from2: usize,
  from3: usize,
  runs: i32,
  run: i32,
  runBack: usize,
  filter: usize,
  rowBytes: usize,
  rowSkip: usize,
  y0: usize,
  y1: usize,
  y2: usize,
  y3: usize,
  columns: i32,
): void {
  let a0 = from0;
  let a1 = from1;
  let a2 = from2;
  let a3 = from3;
  let b = filter;
  let s0 = f32x4.splat(0);
  let t0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let t2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let t3 = f32x4.splat(0);
  for (let left = runs; left > 0; left--) {
    for (let k = run; k > 0; k--) {
      const low = v128.load(b);
      const high = v128.load(b, 16);
      const p0 = v128.load32_splat(a0);
      s0 = f32x4.add(s0, f32x4.mul(p0, low));
      t0 = f32x4.add(t0, f32x4.mul(p0, high));
      const p1 = v128.load32_splat(a1);
      s1 = f32x4.add(s1, f32x4.mul(p1, low));
      t1 = f32x4.add(t1, f32x4.mul(p1, high));
      const p2 = v128.load32_splat(a2);
      s2 = f32x4.add(s2, f32x4.mul(p2, low));
      t2 = f32x4.add(t2, f32x4.mul(p2, high));
      const p3 = v128.load32_splat(a3);
      s3 = f32x4.add(s3, f32x4.mul(p3, low));
      t3 = f32x4.add(t3, f32x4.mul(p3, high));
      b += rowBytes;
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
    }
    a0 += runBack;
    a1 += runBack;
    a2 += runBack;
    a3 += runBack;
    b += rowSkip;
  }
  if (columns >= 8) {
    v128.store(y0, s0);
    v128.store(y0, t0, 16);
    v128.store(y1, s1);
    v128.store(y1, t1, 16);
    v128.store(y2, s2);
    v128.store(y2, t2, 16);
    v128.store(y3, s3);
    v128.store(y3, t3, 16);
    return;
  }
  storeRow(y0, s0, t0, columns);
  storeRow(y1, s1, t1, columns);
  storeRow(y2, s2, t2, columns);
  storeRow(y3, s3, t3, columns);
}

/** Four pixels by four columns. Two steps per iteration: with one, addresses would cost as much as the sums. */
export function tileOfFour(
  from0: usize,
  from1: usize,
  from2: usize,
  from3: usize,
  runs: i32,
  run: i32,
  runBack: usize,
  filter: usize,
  rowBytes: usize,
  rowSkip: usize,
  y0: usize,
  y1: usize,
  y2: usize,
  y3: usize,
  columns: i32,
): void {
  let a0 = from0;
  let a1 = from1;
  let a2 = from2;
  let a3 = from3;
  let b = filter;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let left = runs; left > 0; left--) {
    let k = run;
    for (; k > 1; k -= 2) {
      const even = v128.load(b);
      s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(a0), even));
      s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(a1), even));
      s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(a2), even));
      s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(a3), even));
      const odd = v128.load(b + rowBytes);
      s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(a0, 4), odd));
      s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(a1, 4), odd));
      s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(a2, 4), odd));
      s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(a3, 4), odd));
      b += rowBytes << 1;
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
    }
    if (k > 0) {
      const even = v128.load(b);
      s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(a0), even));
      s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(a1), even));
      s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(a2), even));
      s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(a3), even));
      b += rowBytes;
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
    }
    a0 += runBack;
    a1 += runBack;
    a2 += runBack;
    a3 += runBack;
    b += rowSkip;
  }
  if (columns === 3) {
    storeLanes(y0, s0, 3);
    storeLanes(y1, s1, 3);
    storeLanes(y2, s2, 3);
    storeLanes(y3, s3, 3);
    return;
  }
  storeRow(y0, s0, s0, columns);
  storeRow(y1, s1, s1, columns);
  storeRow(y2, s2, s2, columns);
  storeRow(y3, s3, s3, columns);
}
