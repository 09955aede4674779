/** Transforms filters to and from Winograd's planes; see `winograd-tiles.assembly.ts`. */
import { a, b } from './winograd-tiles.assembly.ts';

/**
 * Gap between planes. If their distance were a power of two, the values of a tile would share a few cache
 * lines.
 */
export const planeGapBytes: usize = 64;

/** `winograd-product.ts` writes the same order. */
@unmanaged
class PlaneArguments {
  source: usize;
  target: usize;
  /** Number of floats per tap and per plane; a multiple of four. */
  size: i32;
  floatsPerChunk: i32;
  /** Number of blocks of planes to add; only for a filter's gradient. */
  blocks: i32;
}

const third: f32 = 0.3333333333333333;
const sixth: f32 = 0.1666666666666667;

/** G w along one axis. */
function storePlanes(w0: v128, w1: v128, w2: v128, to: usize, step: usize): void {
  const thirds = f32x4.splat(third);
  const sixths = f32x4.splat(sixth);
  const outer = f32x4.mul(thirds, w2);
  const first = f32x4.mul(sixths, w0);
  const evenA = f32x4.neg(f32x4.add(f32x4.mul(f32x4.splat(4), first), outer));
  const oddA = f32x4.mul(f32x4.splat(2 * third * a), w1);
  const evenB = f32x4.add(first, outer);
  const oddB = f32x4.mul(f32x4.splat(sixth * b), w1);
  v128.store(to, w0);
  v128.store(to + step, f32x4.sub(evenA, oddA));
  v128.store(to + 2 * step, f32x4.add(evenA, oddA));
  v128.store(to + 3 * step, f32x4.add(evenB, oddB));
  v128.store(to + 4 * step, f32x4.sub(evenB, oddB));
  v128.store(to + 5 * step, w2);
}

/** G w G': [3, 3, size] to [6, 6, size], with a gap after each plane. */
export function runWinogradFilter(address: usize, chunk: i32, temporary: usize): void {
  const given = changetype<PlaneArguments>(address);
  const first = chunk * given.floatsPerChunk;
  const last = min(first + given.floatsPerChunk, given.size);
  const bytes = (<usize>given.size) << 2;
  const planeBytes = bytes + planeGapBytes;
  const source = given.source;
  const target = given.target;
  for (let index = first; index < last; index += 4) {
    const offset = (<usize>index) << 2;
    for (let row: usize = 0; row < 3; row++) {
      const w = source + offset + row * 3 * bytes;
      storePlanes(v128.load(w), v128.load(w + bytes), v128.load(w + 2 * bytes), temporary + row * 96, 16);
    }
    for (let column: usize = 0; column < 6; column++) {
      const t = temporary + (column << 4);
      storePlanes(
        v128.load(t),
        v128.load(t, 96),
        v128.load(t, 192),
        target + offset + column * planeBytes,
        6 * planeBytes,
      );
    }
  }
}

/** The sum of one plane over all blocks, in order. */
function sumBlocks(from: usize, blockBytes: usize, blocks: i32): v128 {
  let at = from;
  let sum = v128.load(at);
  for (let left = blocks - 1; left > 0; left--) {
    at += blockBytes;
    sum = f32x4.add(sum, v128.load(at));
  }
  return sum;
}

/** G' m along one axis. */
function storeTaps(m0: v128, m1: v128, m2: v128, m3: v128, m4: v128, m5: v128, to: usize, step: usize): void {
  const thirds = f32x4.splat(third);
  const sixths = f32x4.splat(sixth);
  const sumA = f32x4.mul(thirds, f32x4.add(m1, m2));
  const sumB = f32x4.mul(sixths, f32x4.add(m3, m4));
  const oddA = f32x4.mul(f32x4.splat(2 * third * a), f32x4.sub(m2, m1));
  const oddB = f32x4.mul(f32x4.splat(sixth * b), f32x4.sub(m3, m4));
  v128.store(to, f32x4.add(f32x4.sub(m0, f32x4.add(sumA, sumA)), sumB));
  v128.store(to + step, f32x4.add(oddA, oddB));
  v128.store(to + 2 * step, f32x4.add(f32x4.sub(f32x4.add(sumB, sumB), sumA), m5));
}

/** G' m G: planes [blocks, 6, 6, size] to the gradient of a filter, [3, 3, size]. */
export function runWinogradFilterGradient(address: usize, chunk: i32, temporary: usize): void {
  const given = changetype<PlaneArguments>(address);
  const first = chunk * given.floatsPerChunk;
  const last = min(first + given.floatsPerChunk, given.size);
  const bytes = (<usize>given.size) << 2;
  const blocks = given.blocks;
  const planeBytes = bytes + planeGapBytes;
  const blockBytes = 36 * planeBytes;
  const source = given.source;
  const target = given.target;
  for (let index = first; index < last; index += 4) {
    const offset = (<usize>index) << 2;
    for (let row: usize = 0; row < 6; row++) {
      const plane = source + offset + row * 6 * planeBytes;
      storeTaps(
        sumBlocks(plane, blockBytes, blocks),
        sumBlocks(plane + planeBytes, blockBytes, blocks),
        sumBlocks(plane + 2 * planeBytes, blockBytes, blocks),
        sumBlocks(plane + 3 * planeBytes, blockBytes, blocks),
        sumBlocks(plane + 4 * planeBytes, blockBytes, blocks),
        sumBlocks(plane + 5 * planeBytes, blockBytes, blocks),
        temporary + row * 48,
        16,
      );
    }
    for (let column: usize = 0; column < 3; column++) {
      const t = temporary + (column << 4);
      storeTaps(
        v128.load(t),
        v128.load(t, 48),
        v128.load(t, 96),
        v128.load(t, 144),
        v128.load(t, 192),
        v128.load(t, 240),
        target + offset + column * bytes,
        3 * bytes,
      );
    }
  }
}
