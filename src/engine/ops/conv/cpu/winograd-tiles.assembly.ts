/**
 * The transforms of F(4x4, 3x3): Winograd's algorithm computes 4x4 pixels of a 3x3 convolution with 36
 * products instead of 144. Lavin and Gray, "Fast algorithms for convolutional neural networks", 2015. Along
 * one axis, y = A'[(G w) . (B' x)], and so the gradient of w is G'[(A dy) . (B' x)].
 *
 * The polynomials are evaluated at 0, +-a, +-b and infinity. The usual a = 1 and b = 2 lose four times the
 * digits of a plain sum; with a = sqrt(1/2) and b = sqrt(2), all factors stay near 1, and the loss is 1.8
 * times that of a plain sum. All transforms process four channels at a time, along rows into `temporary` and
 * from `temporary` along columns.
 */

/**
 * Distance between planes in scratch memory. With a power of two, the 36 vectors of a tile would share a few
 * cache lines. `winograd-product.ts` has the same number.
 */
export const planeBytes: usize = 8256;

/** Bytes of the memory that a transform needs between its two passes. */
export const temporaryBytes: usize = 576;

/** The polynomials are evaluated at 0, both signs of a and of b, and infinity. */
export const a = <f32>Math.SQRT1_2;
export const b = <f32>Math.SQRT2;

/** B' x along one axis. */
function storeInput(
  x0: v128,
  x1: v128,
  x2: v128,
  x3: v128,
  x4: v128,
  x5: v128,
  to: usize,
  step: usize,
): void {
  const half = f32x4.splat(0.5);
  const middle = f32x4.splat(2.5);
  const evenA = f32x4.sub(x4, f32x4.add(x2, x2));
  const oddA = f32x4.mul(f32x4.splat(a), f32x4.sub(x3, f32x4.add(x1, x1)));
  const evenB = f32x4.sub(x4, f32x4.mul(half, x2));
  const oddB = f32x4.mul(f32x4.splat(b), f32x4.sub(x3, f32x4.mul(half, x1)));
  v128.store(to, f32x4.add(f32x4.sub(x0, f32x4.mul(middle, x2)), x4));
  v128.store(to + step, f32x4.add(evenA, oddA));
  v128.store(to + 2 * step, f32x4.sub(evenA, oddA));
  v128.store(to + 3 * step, f32x4.add(evenB, oddB));
  v128.store(to + 4 * step, f32x4.sub(evenB, oddB));
  v128.store(to + 5 * step, f32x4.add(f32x4.sub(x1, f32x4.mul(middle, x3)), x5));
}

/**
 * B' x B of one tile.
 * @param source the first channel of the first of the 6x6 pixels
 * @param channels a multiple of four
 * @param target the tile's channels in the first of 36 planes
 */
export function transformInput(
  source: usize,
  rowBytes: usize,
  pixelBytes: usize,
  channels: i32,
  target: usize,
  temporary: usize,
): void {
  let from = source;
  let to = target;
  for (let channel = 0; channel < channels; channel += 4) {
    let x = from;
    for (let row: usize = 0; row < 6; row++) {
      storeInput(
        v128.load(x),
        v128.load(x + pixelBytes),
        v128.load(x + 2 * pixelBytes),
        v128.load(x + 3 * pixelBytes),
        v128.load(x + 4 * pixelBytes),
        v128.load(x + 5 * pixelBytes),
        temporary + row * 96,
        16,
      );
      x += rowBytes;
    }
    for (let column: usize = 0; column < 6; column++) {
      const t = temporary + (column << 4);
      storeInput(
        v128.load(t),
        v128.load(t, 96),
        v128.load(t, 192),
        v128.load(t, 288),
        v128.load(t, 384),
        v128.load(t, 480),
        to + column * planeBytes,
        6 * planeBytes,
      );
    }
    from += 16;
    to += 16;
  }
}

/** A' m along one axis. */
function storeOutput(
  m0: v128,
  m1: v128,
  m2: v128,
  m3: v128,
  m4: v128,
  m5: v128,
  to: usize,
  step: usize,
): void {
  const half = f32x4.splat(0.5);
  const sumA = f32x4.add(m1, m2);
  const sumB = f32x4.add(m3, m4);
  const oddA = f32x4.mul(f32x4.splat(a), f32x4.sub(m1, m2));
  const oddB = f32x4.mul(f32x4.splat(b), f32x4.sub(m3, m4));
  v128.store(to, f32x4.add(m0, f32x4.add(sumA, sumB)));
  v128.store(to + step, f32x4.add(oddA, oddB));
  v128.store(to + 2 * step, f32x4.add(f32x4.mul(half, sumA), f32x4.add(sumB, sumB)));
  v128.store(to + 3 * step, f32x4.add(f32x4.add(f32x4.mul(half, oddA), f32x4.add(oddB, oddB)), m5));
}

/**
 * A' m A of one tile.
 * @param source the tile's columns in the first of 36 planes
 * @param columns a multiple of four
 * @param target the first column of the first of the 4x4 pixels
 * @param rows number of rows that exist, 1 to 4; `pixels` is the number of pixels that exist in a row
 */
export function transformOutput(
  source: usize,
  columns: i32,
  target: usize,
  rowBytes: usize,
  pixelBytes: usize,
  rows: i32,
  pixels: i32,
  temporary: usize,
): void {
  const last = temporary + 384;
  let from = source;
  let to = target;
  for (let channel = 0; channel < columns; channel += 4) {
    for (let column: usize = 0; column < 6; column++) {
      const m = from + column * planeBytes;
      storeOutput(
        v128.load(m),
        v128.load(m, 6 * planeBytes),
        v128.load(m, 12 * planeBytes),
        v128.load(m, 18 * planeBytes),
        v128.load(m, 24 * planeBytes),
        v128.load(m, 30 * planeBytes),
        temporary + (column << 4),
        96,
      );
    }
    let t = temporary;
    let y = to;
    for (let row = 0; row < rows; row++) {
      const whole = pixels === 4;
      storeOutput(
        v128.load(t),
        v128.load(t, 16),
        v128.load(t, 32),
        v128.load(t, 48),
        v128.load(t, 64),
        v128.load(t, 80),
        whole ? y : last,
        whole ? pixelBytes : 16,
      );
      if (!whole) {
        for (let pixel: usize = 0; pixel < <usize>pixels; pixel++) {
          v128.store(y + pixel * pixelBytes, v128.load(last + (pixel << 4)));
        }
      }
      t += 96;
      y += rowBytes;
    }
    from += 16;
    to += 16;
  }
}

/** A e along one axis. */
function storeGradient(e0: v128, e1: v128, e2: v128, e3: v128, to: usize, step: usize): void {
  const half = f32x4.splat(0.5);
  const evenA = f32x4.add(e0, f32x4.mul(half, e2));
  const oddA = f32x4.mul(f32x4.splat(a), f32x4.add(e1, f32x4.mul(half, e3)));
  const evenB = f32x4.add(e0, f32x4.add(e2, e2));
  const oddB = f32x4.mul(f32x4.splat(b), f32x4.add(e1, f32x4.add(e3, e3)));
  v128.store(to, e0);
  v128.store(to + step, f32x4.add(evenA, oddA));
  v128.store(to + 2 * step, f32x4.sub(evenA, oddA));
  v128.store(to + 3 * step, f32x4.add(evenB, oddB));
  v128.store(to + 4 * step, f32x4.sub(evenB, oddB));
  v128.store(to + 5 * step, e3);
}

/** A e A' of one tile of 4x4 pixels; otherwise like `transformInput`. */
export function transformGradient(
  source: usize,
  rowBytes: usize,
  pixelBytes: usize,
  columns: i32,
  target: usize,
  temporary: usize,
): void {
  let from = source;
  let to = target;
  for (let channel = 0; channel < columns; channel += 4) {
    let e = from;
    for (let row: usize = 0; row < 4; row++) {
      storeGradient(
        v128.load(e),
        v128.load(e + pixelBytes),
        v128.load(e + 2 * pixelBytes),
        v128.load(e + 3 * pixelBytes),
        temporary + row * 96,
        16,
      );
      e += rowBytes;
    }
    for (let column: usize = 0; column < 6; column++) {
      const t = temporary + (column << 4);
      storeGradient(
        v128.load(t),
        v128.load(t, 96),
        v128.load(t, 192),
        v128.load(t, 288),
        to + column * planeBytes,
        6 * planeBytes,
      );
    }
    from += 16;
    to += 16;
  }
}
