/**
 * SSIM of every window, and the maps for its gradient. A chunk is some rows of windows of one image, in strips of columns:
 * each row of pixels is filtered along itself once, and a ring holds the filtered rows that a window spans. All sums are
 * float64, so variances may be differences of squares. The moments are those of s = x + y - 1 and d = y - x (`ssim-wgsl.ts`);
 * the shift of s changes no variance.
 */
import { filterLine, filterRing, groupOfDoubles } from './window-filter.assembly.ts';

/** Windows of a strip, a whole number of groups, of which a thread's scratch holds a ring of rows. */
const stripWidth: i32 = 256;

@unmanaged
class WindowArguments {
  x: usize;
  y: usize;
  /** float64 [window] */
  taps: usize;
  /** float32 [3, all windows]: offset, factor of s, factor of d. */
  maps: usize;
  /** float64 [chunks]: sum of 1 - SSIM. */
  parts: usize;
  rows: i32;
  columns: i32;
  channels: i32;
  window: i32;
  /** Rows of windows. */
  rowsPerChunk: i32;
  chunksPerImage: i32;
  /** Of all images. */
  windows: i32;
  c1: f32;
  c2: f32;
}

/** s, d, s^2 and d^2 of `count` pixel values as float64, four arrays `plane` bytes apart. */
function loadRow(x: usize, y: usize, target: usize, plane: usize, count: i32): void {
  let to = target;
  const one = f64x2.splat(1);
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    const at = <usize>i * 4;
    const first = f64x2.promote_low_f32x4(v128.load64_zero(x + at));
    const second = f64x2.promote_low_f32x4(v128.load64_zero(y + at));
    const s = f64x2.sub(f64x2.add(first, second), one);
    const d = f64x2.sub(second, first);
    v128.store(to, s);
    v128.store(to + plane, d);
    v128.store(to + 2 * plane, f64x2.mul(s, s));
    v128.store(to + 3 * plane, f64x2.mul(d, d));
    to += 16;
  }
  if (i < count) {
    const first: f64 = load<f32>(x + <usize>i * 4);
    const second: f64 = load<f32>(y + <usize>i * 4);
    const s = first + second - 1;
    const d = second - first;
    v128.store(to, f64x2.splat(s));
    v128.store(to + plane, f64x2.splat(d));
    v128.store(to + 2 * plane, f64x2.splat(s * s));
    v128.store(to + 3 * plane, f64x2.splat(d * d));
  }
}

/**
 * Writes the maps of one row of windows in a strip.
 * @param moments filtered s, d, s^2 and d^2, float64, `stripWidth` apart
 * @returns the sum of 1 - SSIM
 */
function measureRow(given: usize, moments: usize, target: usize, count: i32): f64 {
  const setting = changetype<WindowArguments>(given);
  const mapBytes = <usize>setting.windows * 4;
  const plane = <usize>stripWidth * 8;
  const c1 = f64x2.splat(setting.c1);
  const c2 = f64x2.splat(setting.c2);
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  const half = f64x2.splat(0.5);
  let total = f64x2.splat(0);
  for (let i = 0; i < count; i += 2) {
    const column = moments + <usize>i * 8;
    const centredMean = v128.load(column);
    const meanDifference = v128.load(column + plane);
    const sumSquare = v128.load(column + 2 * plane);
    const differenceSquare = v128.load(column + 3 * plane);
    const meanSum = f64x2.add(centredMean, one);
    const sumVariance = f64x2.sub(sumSquare, f64x2.mul(centredMean, centredMean));
    const differencePower = f64x2.mul(meanDifference, meanDifference);
    const differenceVariance = f64x2.sub(differenceSquare, differencePower);
    const powers = f64x2.add(f64x2.mul(meanSum, meanSum), differencePower);
    const inverse1 = f64x2.div(one, f64x2.add(f64x2.mul(half, powers), c1));
    const variances = f64x2.add(sumVariance, differenceVariance);
    const inverse2 = f64x2.div(one, f64x2.add(f64x2.mul(half, variances), c2));
    const l = f64x2.mul(differencePower, inverse1);
    const c = f64x2.mul(differenceVariance, inverse2);
    const alike = f64x2.sub(one, l);
    const sumFactor = f64x2.neg(f64x2.mul(f64x2.mul(alike, c), inverse2));
    const differenceFactor = f64x2.mul(f64x2.mul(alike, f64x2.sub(two, c)), inverse2);
    const slope = f64x2.sub(f64x2.mul(f64x2.sub(two, l), meanDifference), f64x2.mul(l, meanSum));
    const offset = f64x2.sub(
      f64x2.sub(f64x2.mul(f64x2.mul(f64x2.sub(one, c), slope), inverse1), f64x2.mul(sumFactor, centredMean)),
      f64x2.mul(differenceFactor, meanDifference),
    );
    const value = f64x2.sub(f64x2.add(l, c), f64x2.mul(l, c));
    const offsets = f32x4.demote_f64x2_zero(offset);
    const sumFactors = f32x4.demote_f64x2_zero(sumFactor);
    const differenceFactors = f32x4.demote_f64x2_zero(differenceFactor);
    const to = target + <usize>i * 4;
    if (i + 2 <= count) {
      v128.store64_lane(to, offsets, 0);
      v128.store64_lane(to + mapBytes, sumFactors, 0);
      v128.store64_lane(to + 2 * mapBytes, differenceFactors, 0);
      total = f64x2.add(total, value);
    } else {
      v128.store32_lane(to, offsets, 0);
      v128.store32_lane(to + mapBytes, sumFactors, 0);
      v128.store32_lane(to + 2 * mapBytes, differenceFactors, 0);
      total = f64x2.replace_lane(total, 0, f64x2.extract_lane(total, 0) + f64x2.extract_lane(value, 0));
    }
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

export function runSsimWindows(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<WindowArguments>(address);
  const window = given.window;
  const channels = given.channels;
  const width = given.columns * channels;
  const windowWidth = (given.columns - window + 1) * channels;
  const windowRows = given.rows - window + 1;
  const image = chunk / given.chunksPerImage;
  const first = (chunk % given.chunksPerImage) * given.rowsPerChunk;
  const last = min(first + given.rowsPerChunk, windowRows);
  const step = <usize>channels * 8;
  const rowBytes = <usize>stripWidth * 8;
  const ringPlane = <usize>window * rowBytes;
  const rowPlane = <usize>(stripWidth + (window - 1) * channels) * 8;
  const moments = scratch + 4 * ringPlane;
  const line = moments + 4 * rowBytes;
  const pixels = <usize>(image * given.rows) * width * 4;
  const maps = given.maps + <usize>(image * windowRows) * windowWidth * 4;
  let total: f64 = 0;
  for (let column = 0; column < windowWidth; column += stripWidth) {
    const count = min(stripWidth, windowWidth - column);
    const groups = (count + groupOfDoubles - 1) / groupOfDoubles;
    const needed = count + (window - 1) * channels;
    for (let row = first; row < last + window - 1; row++) {
      const at = pixels + <usize>(row * width + column) * 4;
      loadRow(given.x + at, given.y + at, line, rowPlane, needed);
      const slot = scratch + <usize>(row % window) * rowBytes;
      for (let plane: usize = 0; plane < 4; plane++) {
        filterLine<f64>(line + plane * rowPlane, slot + plane * ringPlane, given.taps, window, step, groups);
      }
      const top = row - window + 1;
      if (top < first) continue;
      const oldest = top % window;
      for (let plane: usize = 0; plane < 4; plane++) {
        const ring = scratch + plane * ringPlane;
        filterRing<f64>(ring, oldest, rowBytes, moments + plane * rowBytes, given.taps, window, groups);
      }
      const target = maps + <usize>(top * windowWidth + column) * 4;
      total += measureRow(address, moments, target, count);
    }
  }
  store<f64>(given.parts + <usize>chunk * 8, total);
}
