/** Filters into and out of Winograd's planes; see `winograd-tiles.assembly.ts`. */

/** `winograd-product.ts` writes the same order. */
@unmanaged
class PlaneArguments {
  source: usize;
  target: usize;
  /** Floats of a tap, and of a plane: a multiple of four. */
  size: i32;
  floatsPerChunk: i32;
  /** Blocks of planes that are added up; of a filter's gradient only. */
  blocks: i32;
}

/** One row of G w G': from three taps of a row to four planes. */
function storePlanes(w0: v128, w1: v128, w2: v128, target: usize, planeBytes: usize): void {
  const half = f32x4.splat(0.5);
  const outer = f32x4.mul(half, f32x4.add(w0, w2));
  const inner = f32x4.mul(half, w1);
  v128.store(target, w0);
  v128.store(target + planeBytes, f32x4.add(outer, inner));
  v128.store(target + 2 * planeBytes, f32x4.sub(outer, inner));
  v128.store(target + 3 * planeBytes, w2);
}

/** G w G': [3, 3, size] to [4, 4, size]. */
export function runWinogradFilter(address: usize, chunk: i32): void {
  const given = changetype<PlaneArguments>(address);
  const first = chunk * given.floatsPerChunk;
  const last = min(first + given.floatsPerChunk, given.size);
  const bytes = (<usize>given.size) << 2;
  const half = f32x4.splat(0.5);
  const source = given.source;
  const target = given.target;
  for (let index = first; index < last; index += 4) {
    const from = source + ((<usize>index) << 2);
    const to = target + ((<usize>index) << 2);
    const top0 = v128.load(from);
    const top1 = v128.load(from + bytes);
    const top2 = v128.load(from + 2 * bytes);
    const bottom0 = v128.load(from + 6 * bytes);
    const bottom1 = v128.load(from + 7 * bytes);
    const bottom2 = v128.load(from + 8 * bytes);
    const outer0 = f32x4.mul(half, f32x4.add(top0, bottom0));
    const outer1 = f32x4.mul(half, f32x4.add(top1, bottom1));
    const outer2 = f32x4.mul(half, f32x4.add(top2, bottom2));
    const inner0 = f32x4.mul(half, v128.load(from + 3 * bytes));
    const inner1 = f32x4.mul(half, v128.load(from + 4 * bytes));
    const inner2 = f32x4.mul(half, v128.load(from + 5 * bytes));
    storePlanes(top0, top1, top2, to, bytes);
    storePlanes(
      f32x4.add(outer0, inner0),
      f32x4.add(outer1, inner1),
      f32x4.add(outer2, inner2),
      to + 4 * bytes,
      bytes,
    );
    storePlanes(
      f32x4.sub(outer0, inner0),
      f32x4.sub(outer1, inner1),
      f32x4.sub(outer2, inner2),
      to + 8 * bytes,
      bytes,
    );
    storePlanes(bottom0, bottom1, bottom2, to + 12 * bytes, bytes);
  }
}

/** The sum of one plane over all blocks, in their order. */
function sumBlocks(from: usize, blockBytes: usize, blocks: i32): v128 {
  let at = from;
  let sum = v128.load(at);
  for (let left = blocks - 1; left > 0; left--) {
    at += blockBytes;
    sum = f32x4.add(sum, v128.load(at));
  }
  return sum;
}

/** G' m G: from planes, [blocks, 4, 4, size], to the gradient of a filter, [3, 3, size]. */
export function runWinogradFilterGradient(address: usize, chunk: i32): void {
  const given = changetype<PlaneArguments>(address);
  const first = chunk * given.floatsPerChunk;
  const last = min(first + given.floatsPerChunk, given.size);
  const bytes = (<usize>given.size) << 2;
  const blocks = given.blocks;
  const blockBytes = bytes << 4;
  const half = f32x4.splat(0.5);
  const source = given.source;
  const target = given.target;
  for (let index = first; index < last; index += 4) {
    let top0 = f32x4.splat(0);
    let top1 = top0;
    let top2 = top0;
    let middle0 = top0;
    let middle1 = top0;
    let middle2 = top0;
    let bottom0 = top0;
    let bottom1 = top0;
    let bottom2 = top0;
    const from = source + ((<usize>index) << 2);
    for (let row = 0; row < 4; row++) {
      const plane = from + <usize>(row << 2) * bytes;
      const m0 = sumBlocks(plane, blockBytes, blocks);
      const m1 = sumBlocks(plane + bytes, blockBytes, blocks);
      const m2 = sumBlocks(plane + 2 * bytes, blockBytes, blocks);
      const m3 = sumBlocks(plane + 3 * bytes, blockBytes, blocks);
      const even = f32x4.mul(half, f32x4.add(m1, m2));
      const g0 = f32x4.add(m0, even);
      const g1 = f32x4.mul(half, f32x4.sub(m1, m2));
      const g2 = f32x4.add(even, m3);
      if (row === 0) {
        top0 = g0;
        top1 = g1;
        top2 = g2;
      } else if (row === 3) {
        bottom0 = f32x4.add(bottom0, g0);
        bottom1 = f32x4.add(bottom1, g1);
        bottom2 = f32x4.add(bottom2, g2);
      } else {
        const h0 = f32x4.mul(half, g0);
        const h1 = f32x4.mul(half, g1);
        const h2 = f32x4.mul(half, g2);
        top0 = f32x4.add(top0, h0);
        top1 = f32x4.add(top1, h1);
        top2 = f32x4.add(top2, h2);
        middle0 = row === 1 ? h0 : f32x4.sub(middle0, h0);
        middle1 = row === 1 ? h1 : f32x4.sub(middle1, h1);
        middle2 = row === 1 ? h2 : f32x4.sub(middle2, h2);
        bottom0 = f32x4.add(bottom0, h0);
        bottom1 = f32x4.add(bottom1, h1);
        bottom2 = f32x4.add(bottom2, h2);
      }
    }
    const to = target + ((<usize>index) << 2);
    v128.store(to, top0);
    v128.store(to + bytes, top1);
    v128.store(to + 2 * bytes, top2);
    v128.store(to + 3 * bytes, middle0);
    v128.store(to + 4 * bytes, middle1);
    v128.store(to + 5 * bytes, middle2);
    v128.store(to + 6 * bytes, bottom0);
    v128.store(to + 7 * bytes, bottom1);
    v128.store(to + 8 * bytes, bottom2);
  }
}
