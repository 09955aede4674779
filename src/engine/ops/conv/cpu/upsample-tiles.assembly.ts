/**
 * The transforms of an upsampling convolution with 9 instead of 16 products per pixel of the small image.
 * Along one axis, x becomes y[2i] = f0 x[i - 1] + (f1 + f2) x[i] and
 * y[2i + 1] = (f0 + f1) x[i] + f2 x[i + 1], and with s = f0 + f1 + f2
 *   y[2i] = f0 (x[i - 1] - x[i]) + s x[i], y[2i + 1] = s x[i] + f2 (x[i + 1] - x[i]),
 *   dx[i] = f0 (dy[2i + 2] - dy[2i]) + s (dy[2i] + dy[2i + 1]) + f2 (dy[2i - 1] - dy[2i + 1]).
 * The planes belong to f0, s and f2, and are `planeBytes` apart. All transforms process four channels at a
 * time.
 */
/**
 * Distance between planes in scratch memory. It is a constant, so that it becomes part of the instructions,
 * and no power of two, since the vectors of a pixel would then share a few cache lines. `upsample-product.ts`
 * has the same number.
 */
export const planeBytes: usize = 16_448;

/**
 * Computes the planes of one pixel of x.
 * @param source the first channel of the first of the 3x3 pixels around it
 * @param channels a multiple of four
 * @param target the pixel's channels in the first of 9 planes
 */
export function transformSmall(
  source: usize,
  rowBytes: usize,
  pixelBytes: usize,
  channels: i32,
  target: usize,
): void {
  let above = source;
  let to = target;
  for (let channel = 0; channel < channels; channel += 4) {
    const here = above + rowBytes;
    const below = here + rowBytes;
    const a1 = v128.load(above + pixelBytes);
    const h1 = v128.load(here + pixelBytes);
    const b1 = v128.load(below + pixelBytes);
    const a0 = f32x4.sub(v128.load(above), a1);
    const h0 = f32x4.sub(v128.load(here), h1);
    const b0 = f32x4.sub(v128.load(below), b1);
    const a2 = f32x4.sub(v128.load(above + 2 * pixelBytes), a1);
    const h2 = f32x4.sub(v128.load(here + 2 * pixelBytes), h1);
    const b2 = f32x4.sub(v128.load(below + 2 * pixelBytes), b1);
    v128.store(to, f32x4.sub(a0, h0));
    v128.store(to, f32x4.sub(a1, h1), planeBytes);
    v128.store(to, f32x4.sub(a2, h2), 2 * planeBytes);
    v128.store(to, h0, 3 * planeBytes);
    v128.store(to, h1, 4 * planeBytes);
    v128.store(to, h2, 5 * planeBytes);
    v128.store(to, f32x4.sub(b0, h0), 6 * planeBytes);
    v128.store(to, f32x4.sub(b1, h1), 7 * planeBytes);
    v128.store(to, f32x4.sub(b2, h2), 8 * planeBytes);
    above += 16;
    to += 16;
  }
}

/**
 * Computes 2x2 pixels of y from the products of the planes.
 * @param source the pixel's columns in the first of 9 planes
 * @param columns a multiple of four
 */
export function transformEnlarged(
  source: usize,
  columns: i32,
  target: usize,
  rowBytes: usize,
  pixelBytes: usize,
): void {
  let from = source;
  let to = target;
  for (let column = 0; column < columns; column += 4) {
    const here0 = v128.load(from, 3 * planeBytes);
    const here1 = v128.load(from, 4 * planeBytes);
    const here2 = v128.load(from, 5 * planeBytes);
    const upper = f32x4.add(v128.load(from, planeBytes), here1);
    const lower = f32x4.add(v128.load(from, 7 * planeBytes), here1);
    const below = to + rowBytes;
    v128.store(to, f32x4.add(f32x4.add(v128.load(from), here0), upper));
    v128.store(to + pixelBytes, f32x4.add(f32x4.add(v128.load(from, 2 * planeBytes), here2), upper));
    v128.store(below, f32x4.add(f32x4.add(v128.load(from, 6 * planeBytes), here0), lower));
    v128.store(below + pixelBytes, f32x4.add(f32x4.add(v128.load(from, 8 * planeBytes), here2), lower));
    from += 16;
    to += 16;
  }
}

/** Computes a column of planes from four rows. */
function storeColumn(e0: v128, e1: v128, e2: v128, e3: v128, target: usize): void {
  v128.store(target, f32x4.sub(e3, e1));
  v128.store(target, f32x4.add(e1, e2), 3 * planeBytes);
  v128.store(target, f32x4.sub(e0, e2), 6 * planeBytes);
}

/**
 * Computes the planes of dy for one pixel of dx.
 * @param source the first channel of the first of 4x4 pixels; the middle four are the enlarged pixel
 */
export function transformLarge(
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
    const third = 2 * pixelBytes;
    const fourth = 3 * pixelBytes;
    const p0 = v128.load(x0 + pixelBytes);
    const q0 = v128.load(x0 + third);
    const p1 = v128.load(x1 + pixelBytes);
    const q1 = v128.load(x1 + third);
    const p2 = v128.load(x2 + pixelBytes);
    const q2 = v128.load(x2 + third);
    const p3 = v128.load(x3 + pixelBytes);
    const q3 = v128.load(x3 + third);
    storeColumn(f32x4.add(p0, q0), f32x4.add(p1, q1), f32x4.add(p2, q2), f32x4.add(p3, q3), to + planeBytes);
    storeColumn(
      f32x4.sub(v128.load(x0 + fourth), p0),
      f32x4.sub(v128.load(x1 + fourth), p1),
      f32x4.sub(v128.load(x2 + fourth), p2),
      f32x4.sub(v128.load(x3 + fourth), p3),
      to,
    );
    storeColumn(
      f32x4.sub(v128.load(x0), q0),
      f32x4.sub(v128.load(x1), q1),
      f32x4.sub(v128.load(x2), q2),
      f32x4.sub(v128.load(x3), q3),
      to + 2 * planeBytes,
    );
    x0 += 16;
    to += 16;
  }
}
