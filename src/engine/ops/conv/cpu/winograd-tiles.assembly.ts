/**
 * The transforms of F(2x2, 3x3): Winograd's way to 2x2 pixels of a 3x3 convolution with 16 products instead of 36. Lavin
 * and Gray, "Fast algorithms for convolutional neural networks", 2015. Along one axis, y = A'[(G w) . (B' x)] with
 *   B' = (1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 1 0 -1), G = (1 0 0; 1/2 1/2 1/2; 1/2 -1/2 1/2; 0 0 1), A' = (1 1 1 0; 0 1 -1 -1),
 * and so the gradient of w is G'[(A dy) . (B' x)]. All work on four channels at a time.
 */

/**
 * From plane to plane in scratch. It is a constant, so that it is part of the instructions, and no power of two: the 16
 * vectors of a tile would share a few lines of a cache. `winograd-product.ts` has the same number.
 */
export const planeBytes: usize = 16_448;

/** One column of B' e, of e's four rows: a plane in each of four rows. */
function storeInputColumn(e0: v128, e1: v128, e2: v128, e3: v128, target: usize): void {
  v128.store(target, f32x4.sub(e0, e2));
  v128.store(target, f32x4.add(e1, e2), 4 * planeBytes);
  v128.store(target, f32x4.sub(e2, e1), 8 * planeBytes);
  v128.store(target, f32x4.sub(e1, e3), 12 * planeBytes);
}

/**
 * B' x B of one tile.
 * @param source the first channel of the first of 4x4 pixels
 * @param channels a multiple of four
 * @param target the tile's channels in the first of 16 planes
 */
export function transformInput(
  source: usize,
  rowBytes: usize,
  pixelBytes: usize,
  channels: i32,
  target: usize,
): void {
  let x0 = source;
  let to = target;
  for (let channel = 0; channel < channels; channel += 4) {
    const x1 = x0 + rowBytes;
    const x2 = x1 + rowBytes;
    const x3 = x2 + rowBytes;
    const second = pixelBytes;
    const third = second + pixelBytes;
    const fourth = third + pixelBytes;
    const p0 = v128.load(x0 + second);
    const q0 = v128.load(x0 + third);
    const p1 = v128.load(x1 + second);
    const q1 = v128.load(x1 + third);
    const p2 = v128.load(x2 + second);
    const q2 = v128.load(x2 + third);
    const p3 = v128.load(x3 + second);
    const q3 = v128.load(x3 + third);
    storeInputColumn(
      f32x4.add(p0, q0),
      f32x4.add(p1, q1),
      f32x4.add(p2, q2),
      f32x4.add(p3, q3),
      to + planeBytes,
    );
    storeInputColumn(
      f32x4.sub(q0, p0),
      f32x4.sub(q1, p1),
      f32x4.sub(q2, p2),
      f32x4.sub(q3, p3),
      to + 2 * planeBytes,
    );
    storeInputColumn(
      f32x4.sub(v128.load(x0), q0),
      f32x4.sub(v128.load(x1), q1),
      f32x4.sub(v128.load(x2), q2),
      f32x4.sub(v128.load(x3), q3),
      to,
    );
    storeInputColumn(
      f32x4.sub(p0, v128.load(x0 + fourth)),
      f32x4.sub(p1, v128.load(x1 + fourth)),
      f32x4.sub(p2, v128.load(x2 + fourth)),
      f32x4.sub(p3, v128.load(x3 + fourth)),
      to + 3 * planeBytes,
    );
    x0 += 16;
    to += 16;
  }
}

/**
 * A' m A of one tile.
 * @param source the tile's columns in the first of 16 planes
 * @param columns a multiple of four
 * @param target the first column of the first of 2x2 pixels
 * @param rows pixels that exist, 1 or 2; `pixels` likewise in a row
 */
export function transformOutput(
  source: usize,
  columns: i32,
  target: usize,
  rowBytes: usize,
  pixelBytes: usize,
  rows: i32,
  pixels: i32,
): void {
  let from = source;
  let to = target;
  for (let column = 0; column < columns; column += 4) {
    let m1 = v128.load(from, 4 * planeBytes);
    let m2 = v128.load(from, 8 * planeBytes);
    const u0 = f32x4.add(f32x4.add(v128.load(from), m1), m2);
    const v0 = f32x4.sub(f32x4.sub(m1, m2), v128.load(from, 12 * planeBytes));
    m1 = v128.load(from, 5 * planeBytes);
    m2 = v128.load(from, 9 * planeBytes);
    const u1 = f32x4.add(f32x4.add(v128.load(from, planeBytes), m1), m2);
    const v1 = f32x4.sub(f32x4.sub(m1, m2), v128.load(from, 13 * planeBytes));
    m1 = v128.load(from, 6 * planeBytes);
    m2 = v128.load(from, 10 * planeBytes);
    const u2 = f32x4.add(f32x4.add(v128.load(from, 2 * planeBytes), m1), m2);
    const v2 = f32x4.sub(f32x4.sub(m1, m2), v128.load(from, 14 * planeBytes));
    m1 = v128.load(from, 7 * planeBytes);
    m2 = v128.load(from, 11 * planeBytes);
    const u3 = f32x4.add(f32x4.add(v128.load(from, 3 * planeBytes), m1), m2);
    const v3 = f32x4.sub(f32x4.sub(m1, m2), v128.load(from, 15 * planeBytes));
    v128.store(to, f32x4.add(f32x4.add(u0, u1), u2));
    if (pixels > 1) v128.store(to + pixelBytes, f32x4.sub(f32x4.sub(u1, u2), u3));
    if (rows > 1) {
      v128.store(to + rowBytes, f32x4.add(f32x4.add(v0, v1), v2));
      if (pixels > 1) v128.store(to + rowBytes + pixelBytes, f32x4.sub(f32x4.sub(v1, v2), v3));
    }
    from += 16;
    to += 16;
  }
}

/** One column of A e A': a plane in each of four rows. */
function storeGradientColumn(top: v128, bottom: v128, target: usize): void {
  v128.store(target, top);
  v128.store(target, f32x4.add(top, bottom), 4 * planeBytes);
  v128.store(target, f32x4.sub(top, bottom), 8 * planeBytes);
  v128.store(target, f32x4.neg(bottom), 12 * planeBytes);
}

/** A e A' of one tile of 2x2 pixels, of which `rows` x `pixels` exist; the others are 0. Otherwise as `transformInput`. */
export function transformGradient(
  source: usize,
  rowBytes: usize,
  pixelBytes: usize,
  rows: i32,
  pixels: i32,
  columns: i32,
  target: usize,
): void {
  let from = source;
  let to = target;
  for (let column = 0; column < columns; column += 4) {
    const zero = f32x4.splat(0);
    const e00 = v128.load(from);
    const e01 = pixels > 1 ? v128.load(from + pixelBytes) : zero;
    const e10 = rows > 1 ? v128.load(from + rowBytes) : zero;
    const e11 = rows > 1 && pixels > 1 ? v128.load(from + rowBytes + pixelBytes) : zero;
    storeGradientColumn(e00, e10, to);
    storeGradientColumn(f32x4.add(e00, e01), f32x4.add(e10, e11), to + planeBytes);
    storeGradientColumn(f32x4.sub(e00, e01), f32x4.sub(e10, e11), to + 2 * planeBytes);
    storeGradientColumn(f32x4.neg(e01), f32x4.neg(e11), to + 3 * planeBytes);
    from += 16;
    to += 16;
  }
}
