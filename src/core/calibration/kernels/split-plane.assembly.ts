/** Splits a plane into bands of radii: one forward transform of few columns, and an inverse for each band but the highest. */
import { forwardRows, inverseRows } from './row-transform.assembly.ts';

/** Addresses and strides in bytes, in the order of `band-transform.ts`. */
@unmanaged
class Transform {
  /** S, a power of two, at least 8. */
  side: usize;
  /** Columns u = 0 .. of the spectrum, an even number. */
  columns: usize;
  twiddles: usize;
  /** Row of each frequency, u32. */
  rows: usize;
  /** [S, S / 2]: one half of a plane as the real part, the other as the imaginary part. */
  halvesReal: usize;
  halvesImaginary: usize;
  halvesStride: usize;
  /** [S, columns]. */
  spectrumReal: usize;
  spectrumImaginary: usize;
  /** The same for one band. */
  bandReal: usize;
  bandImaginary: usize;
  spectrumStride: usize;
}

/** One band; the tables are indexed by row of the spectrum. */
@unmanaged
class Band {
  /** Number of nonempty columns. */
  columns: usize;
  /** First column and the one after the last, 2 u32 per row. */
  ranges: usize;
  /** Whether row v of the spectrum is nonempty, a byte each; then the same for u. */
  filled: usize;
  filledHalves: usize;
}

/** Separates the spectra of the two halves by symmetry, transposing them, for columns u and u + 1. */
function separate(transform: Transform, u: usize): void {
  const side = transform.side;
  const rows = transform.rows;
  const real = transform.halvesReal;
  const imaginary = transform.halvesImaginary;
  const halves = transform.halvesStride;
  const stride = transform.spectrumStride;
  const row0 = <usize>load<u32>(rows + (u << 2)) * halves;
  const mirror0 = <usize>load<u32>(rows + (((side - u) & (side - 1)) << 2)) * halves;
  const row1 = <usize>load<u32>(rows + ((u + 1) << 2)) * halves;
  const mirror1 = <usize>load<u32>(rows + ((side - u - 1) << 2)) * halves;
  const rightOffset = (side >> 1) * stride;
  const half = f64x2.splat(0.5);
  let toReal = transform.spectrumReal + (u << 3);
  let toImaginary = transform.spectrumImaginary + (u << 3);
  for (let x: usize = 0; x < side << 2; x += 16) {
    const re0 = v128.load(real + row0 + x);
    const im0 = v128.load(imaginary + row0 + x);
    const mirrorRe0 = v128.load(real + mirror0 + x);
    const mirrorIm0 = v128.load(imaginary + mirror0 + x);
    const re1 = v128.load(real + row1 + x);
    const im1 = v128.load(imaginary + row1 + x);
    const mirrorRe1 = v128.load(real + mirror1 + x);
    const mirrorIm1 = v128.load(imaginary + mirror1 + x);
    let zero = f64x2.mul(half, f64x2.add(re0, mirrorRe0));
    let one = f64x2.mul(half, f64x2.add(re1, mirrorRe1));
    v128.store(toReal, v128.shuffle<f64>(zero, one, 0, 2));
    v128.store(toReal + stride, v128.shuffle<f64>(zero, one, 1, 3));
    zero = f64x2.mul(half, f64x2.sub(im0, mirrorIm0));
    one = f64x2.mul(half, f64x2.sub(im1, mirrorIm1));
    v128.store(toImaginary, v128.shuffle<f64>(zero, one, 0, 2));
    v128.store(toImaginary + stride, v128.shuffle<f64>(zero, one, 1, 3));
    zero = f64x2.mul(half, f64x2.add(im0, mirrorIm0));
    one = f64x2.mul(half, f64x2.add(im1, mirrorIm1));
    v128.store(toReal + rightOffset, v128.shuffle<f64>(zero, one, 0, 2));
    v128.store(toReal + rightOffset + stride, v128.shuffle<f64>(zero, one, 1, 3));
    zero = f64x2.mul(half, f64x2.sub(mirrorRe0, re0));
    one = f64x2.mul(half, f64x2.sub(mirrorRe1, re1));
    v128.store(toImaginary + rightOffset, v128.shuffle<f64>(zero, one, 0, 2));
    v128.store(toImaginary + rightOffset + stride, v128.shuffle<f64>(zero, one, 1, 3));
    toReal += 2 * stride;
    toImaginary += 2 * stride;
  }
}

/** Writes Z(u) = L + i R and Z(-u) = conj L + i conj R for two neighboring pixels. */
function storeJoined(
  transform: Transform,
  row: usize,
  mirror: usize,
  leftRe: v128,
  leftIm: v128,
  rightRe: v128,
  rightIm: v128,
): void {
  const real = transform.halvesReal;
  const imaginary = transform.halvesImaginary;
  v128.store(real + row, f64x2.sub(leftRe, rightIm));
  v128.store(imaginary + row, f64x2.add(leftIm, rightRe));
  v128.store(real + mirror, f64x2.add(leftRe, rightIm));
  v128.store(imaginary + mirror, f64x2.sub(rightRe, leftIm));
}

/** Inverts `separate`, scaled by 1 / S^2, for columns u and (unless it is the one after the last) u + 1. */
function join(transform: Transform, u: usize, columns: usize): void {
  const side = transform.side;
  const rows = transform.rows;
  const halves = transform.halvesStride;
  const stride = transform.spectrumStride;
  const row0 = <usize>load<u32>(rows + (u << 2)) * halves;
  const mirror0 = <usize>load<u32>(rows + (((side - u) & (side - 1)) << 2)) * halves;
  const row1 = <usize>load<u32>(rows + ((u + 1) << 2)) * halves;
  const mirror1 = <usize>load<u32>(rows + ((side - u - 1) << 2)) * halves;
  const rightOffset = (side >> 1) * stride;
  const factor = 1.0 / (<f64>side * <f64>side);
  const scale = f64x2.splat(factor);
  // u = 0 is its own mirror image: both pairs write the same place, and L and R are real.
  const scaleIm = f64x2.replace_lane(scale, 0, u === 0 ? 0.0 : factor);
  const hasSecond = u + 1 < columns;
  let fromReal = transform.bandReal + (u << 3);
  let fromImaginary = transform.bandImaginary + (u << 3);
  for (let x: usize = 0; x < side << 2; x += 16) {
    let first = f64x2.mul(scale, v128.load(fromReal));
    let second = f64x2.mul(scale, v128.load(fromReal + stride));
    const leftRe0 = v128.shuffle<f64>(first, second, 0, 2);
    const leftRe1 = v128.shuffle<f64>(first, second, 1, 3);
    first = f64x2.mul(scaleIm, v128.load(fromImaginary));
    second = f64x2.mul(scaleIm, v128.load(fromImaginary + stride));
    const leftIm0 = v128.shuffle<f64>(first, second, 0, 2);
    const leftIm1 = v128.shuffle<f64>(first, second, 1, 3);
    first = f64x2.mul(scale, v128.load(fromReal + rightOffset));
    second = f64x2.mul(scale, v128.load(fromReal + rightOffset + stride));
    const rightRe0 = v128.shuffle<f64>(first, second, 0, 2);
    const rightRe1 = v128.shuffle<f64>(first, second, 1, 3);
    first = f64x2.mul(scaleIm, v128.load(fromImaginary + rightOffset));
    second = f64x2.mul(scaleIm, v128.load(fromImaginary + rightOffset + stride));
    const rightIm0 = v128.shuffle<f64>(first, second, 0, 2);
    const rightIm1 = v128.shuffle<f64>(first, second, 1, 3);
    storeJoined(transform, row0 + x, mirror0 + x, leftRe0, leftIm0, rightRe0, rightIm0);
    if (hasSecond) storeJoined(transform, row1 + x, mirror1 + x, leftRe1, leftIm1, rightRe1, rightIm1);
    fromReal += 2 * stride;
    fromImaginary += 2 * stride;
  }
}

/** Copies the values of a row in [from, to), with zeros elsewhere. Rows are short: a library call would not pay off. */
function takeRow(source: usize, target: usize, from: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < from; at += 8) store<f64>(target + at, 0);
  for (let at = from; at < to; at += 8) store<f64>(target + at, load<f64>(source + at));
  for (let at = to; at < bytes; at += 8) store<f64>(target + at, 0);
}

/** Copies a band of the spectrum without its empty rows. */
function takeBand(transform: Transform, band: Band, bytes: usize): void {
  const side = transform.side;
  const stride = transform.spectrumStride;
  const filled = band.filled;
  const ranges = band.ranges;
  for (let row: usize = 0; row < side; row++) {
    if (load<u8>(filled + row) === 0) continue;
    const from = (<usize>load<u32>(ranges + (row << 3))) << 3;
    const to = (<usize>load<u32>(ranges + (row << 3), 4)) << 3;
    const at = row * stride;
    takeRow(transform.spectrumReal + at, transform.bandReal + at, from, to, bytes);
    takeRow(transform.spectrumImaginary + at, transform.bandImaginary + at, from, to, bytes);
  }
}

/** The spectrum of a plane [S, S], which stays unchanged. */
function transformPlane(transform: Transform, plane: usize): void {
  const side = transform.side;
  forwardRows(
    plane,
    plane + (side << 2),
    side << 3,
    transform.halvesReal,
    transform.halvesImaginary,
    transform.halvesStride,
    side << 2,
    side,
    transform.twiddles,
  );
  const columns = transform.columns;
  for (let u: usize = 0; u < columns; u += 2) separate(transform, u);
  const real = transform.spectrumReal;
  const imaginary = transform.spectrumImaginary;
  const stride = transform.spectrumStride;
  forwardRows(real, imaginary, stride, real, imaginary, stride, columns << 3, side, transform.twiddles);
}

/** One band of the last spectrum as a plane [S, S]. */
function writeBand(transform: Transform, band: Band, plane: usize): void {
  const side = transform.side;
  const columns = band.columns;
  const bytes = ((columns + 1) & ~1) << 3;
  takeBand(transform, band, bytes);
  const real = transform.bandReal;
  const imaginary = transform.bandImaginary;
  const stride = transform.spectrumStride;
  const twiddles = transform.twiddles;
  inverseRows(real, imaginary, stride, real, imaginary, stride, bytes, side, band.filled, twiddles);
  for (let u: usize = 0; u < columns; u += 2) join(transform, u, columns);
  inverseRows(
    transform.halvesReal,
    transform.halvesImaginary,
    transform.halvesStride,
    plane,
    plane + (side << 2),
    side << 3,
    side << 2,
    side,
    band.filledHalves,
    twiddles,
  );
}

/** Subtracts a number from the target, then each of `count` planes, in order. */
function subtractPlanes(
  target: usize,
  constant: f64,
  first: usize,
  stride: usize,
  count: usize,
  bytes: usize,
): void {
  const constants = f64x2.splat(constant);
  for (let at: usize = 0; at < bytes; at += 16) {
    let value = f64x2.sub(v128.load(target + at), constants);
    let plane = first + at;
    for (let left = count; left > 0; left--) {
      value = f64x2.sub(value, v128.load(plane));
      plane += stride;
    }
    v128.store(target + at, value);
  }
}

/** Addresses in bytes, in the order of `residual-components.ts`. */
@unmanaged
class Split {
  /** One `Transform` per thread, and one `Band` per band except the highest. */
  transforms: usize;
  bands: usize;
  bandCount: usize;
  /** Planes of the first channel's bands, from the lowest to the highest, which holds the residual; other channels follow. */
  planes: usize;
  planeBytes: usize;
  pixels: usize;
  /** Constant to subtract from each channel's residual besides its lower bands, float64. */
  constants: usize;
}

/** Splits one channel of one image. */
export function splitChannel(address: usize, channel: i32, thread: usize): void {
  const split = changetype<Split>(address);
  const count = split.bandCount;
  const planeBytes = split.planeBytes;
  const first = split.planes + <usize>channel * (count + 1) * planeBytes;
  const highest = first + count * planeBytes;
  if (count > 0) {
    const transform = changetype<Transform>(split.transforms + thread * offsetof<Transform>());
    transformPlane(transform, highest);
    for (let band: usize = 0; band < count; band++) {
      const one = changetype<Band>(split.bands + band * offsetof<Band>());
      writeBand(transform, one, first + band * planeBytes);
    }
  }
  const constant = load<f64>(split.constants + ((<usize>channel) << 3));
  subtractPlanes(highest, constant, first, planeBytes, count, split.pixels << 3);
}
