/**
 * The gradient of SSIM: the adjoint of the window spreads the maps of all windows back over their pixels. A chunk is some
 * rows of pixels of one image, in strips of columns: each row of a map is spread along itself once, and a ring holds the rows
 * that reach a pixel. float32.
 */
import { filterLine, filterRing, groupOfFloats } from './window-filter.assembly.ts';

/** Values of a strip, a whole number of groups. */
const stripWidth: i32 = 256;

@unmanaged
class GradientArguments {
  x: usize;
  y: usize;
  /** float64 [window] */
  taps: usize;
  /** float32 [3, all windows]: offset, factor of s, factor of d. */
  maps: usize;
  /** One float32. */
  dy: usize;
  gradient: usize;
  rows: i32;
  columns: i32;
  channels: i32;
  window: i32;
  /** Rows of pixels. */
  rowsPerChunk: i32;
  chunksPerImage: i32;
  /** Of all images. */
  windows: i32;
}

/** Copies `count` values of a map from `begin` on; values outside its row of `width` values are 0. */
function padRow(map: usize, width: i32, begin: i32, target: usize, count: i32): void {
  memory.fill(target, 0, <usize>count * 4);
  const from = max(begin, 0);
  const to = min(begin + count, width);
  if (from >= to) return;
  const offset = <usize>(from - begin) * 4;
  memory.copy(target + offset, map + <usize>from * 4, <usize>(to - from) * 4);
}

export function runSsimGradient(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<GradientArguments>(address);
  const window = given.window;
  const channels = given.channels;
  const margin = (window - 1) * channels;
  const width = given.columns * channels;
  const mapWidth = width - margin;
  const mapRows = given.rows - window + 1;
  const mapBytes = <usize>given.windows * 4;
  const image = chunk / given.chunksPerImage;
  const first = (chunk % given.chunksPerImage) * given.rowsPerChunk;
  const last = min(first + given.rowsPerChunk, given.rows);
  const rowBytes = <usize>stripWidth * 4;
  const ringPlane = <usize>window * rowBytes;
  const taps = scratch + 3 * ringPlane;
  const sums = taps + 128;
  const line = sums + 3 * rowBytes;
  for (let k = 0; k < window; k++) {
    store<f32>(taps + <usize>k * 4, <f32>load<f64>(given.taps + <usize>k * 8));
  }
  const factor = load<f32>(given.dy) / <f32>given.windows;
  const factors = f32x4.splat(factor);
  const one = f32x4.splat(1);
  const maps = given.maps + <usize>(image * mapRows) * mapWidth * 4;
  for (let column = 0; column < width; column += stripWidth) {
    const count = min(stripWidth, width - column);
    const groups = (count + groupOfFloats - 1) / groupOfFloats;
    const whole = groups * groupOfFloats;
    for (let row = first - window + 1; row < last; row++) {
      const slot = scratch + <usize>((row + window) % window) * rowBytes;
      for (let plane: usize = 0; plane < 3; plane++) {
        const target = slot + plane * ringPlane;
        if (row < 0 || row >= mapRows) memory.fill(target, 0, <usize>whole * 4);
        else {
          const map = maps + plane * mapBytes + <usize>(row * mapWidth) * 4;
          padRow(map, mapWidth, column - margin, line, whole + margin);
          filterLine<f32>(line, target, taps, window, <usize>channels * 4, groups);
        }
      }
      if (row < first) continue;
      const oldest = (row + 1) % window;
      for (let plane: usize = 0; plane < 3; plane++) {
        const ring = scratch + plane * ringPlane;
        filterRing<f32>(ring, oldest, rowBytes, sums + plane * rowBytes, taps, window, groups);
      }
      const pixels = <usize>((image * given.rows + row) * width + column) * 4;
      for (let i = 0; i < count; i += 4) {
        const at = <usize>i * 4;
        const sum = sums + at;
        const x = given.x + pixels + at;
        const y = given.y + pixels + at;
        const to = given.gradient + pixels + at;
        if (i + 4 <= count) {
          const s = f32x4.sub(f32x4.add(v128.load(x), v128.load(y)), one);
          const d = f32x4.sub(v128.load(y), v128.load(x));
          const ofSum = f32x4.mul(v128.load(sum + rowBytes), s);
          const ofDifference = f32x4.mul(v128.load(sum + 2 * rowBytes), d);
          const all = f32x4.add(f32x4.add(v128.load(sum), ofSum), ofDifference);
          v128.store(to, f32x4.mul(factors, all));
        } else {
          for (let lane: usize = 0; lane < <usize>((count - i) * 4); lane += 4) {
            const s: f32 = load<f32>(x + lane) + load<f32>(y + lane) - 1;
            const d: f32 = load<f32>(y + lane) - load<f32>(x + lane);
            const ofSum: f32 = load<f32>(sum + rowBytes + lane) * s;
            const ofDifference: f32 = load<f32>(sum + 2 * rowBytes + lane) * d;
            const all: f32 = load<f32>(sum + lane) + ofSum + ofDifference;
            store<f32>(to + lane, factor * all);
          }
        }
      }
    }
  }
}
