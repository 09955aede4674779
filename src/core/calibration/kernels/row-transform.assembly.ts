/**
 * The transform of `spectrum/row-transform.ts` for two columns at a time, over the row index of float64 [length, columns]
 * matrices. Real and imaginary parts are separate, each with its stride. All stages run on a strip of columns before the next
 * strip, which keeps the strip in the cache. Strides and widths are in bytes; widths are multiples of 16.
 */

/** Bytes of a strip's row: 256 rows of both parts take 64 KiB. */
const stripBytes: usize = 128;

/** One entry of the twiddle table: cosine, then sine. */
const twiddleBytes: usize = 16;

/** Radix 4, decimation in frequency: butterflies, then twiddles. */
function forwardFour(
  fromReal: usize,
  fromImaginary: usize,
  fromStride: usize,
  real: usize,
  imaginary: usize,
  stride: usize,
  bytes: usize,
  length: usize,
  block: usize,
  twiddles: usize,
): void {
  const rows = block >> 2;
  const fromStep = rows * fromStride;
  const step = rows * stride;
  const turnBytes = (length / block) * twiddleBytes;
  for (let start: usize = 0; start < length; start += block) {
    for (let row: usize = 0; row < rows; row++) {
      const turn = row * turnBytes;
      const c1 = v128.load64_splat(twiddles + turn);
      const s1 = v128.load64_splat(twiddles + turn, 8);
      const c2 = v128.load64_splat(twiddles + 2 * turn);
      const s2 = v128.load64_splat(twiddles + 2 * turn, 8);
      const c3 = v128.load64_splat(twiddles + 3 * turn);
      const s3 = v128.load64_splat(twiddles + 3 * turn, 8);
      let fromA = fromReal + (start + row) * fromStride;
      let fromAi = fromImaginary + (start + row) * fromStride;
      let a = real + (start + row) * stride;
      let ai = imaginary + (start + row) * stride;
      const end = a + bytes;
      while (a < end) {
        const fromC = fromA + 2 * fromStep;
        const fromCi = fromAi + 2 * fromStep;
        const aReal = v128.load(fromA);
        const cReal = v128.load(fromC);
        const bReal = v128.load(fromA + fromStep);
        const dReal = v128.load(fromC + fromStep);
        const aImaginary = v128.load(fromAi);
        const cImaginary = v128.load(fromCi);
        const bImaginary = v128.load(fromAi + fromStep);
        const dImaginary = v128.load(fromCi + fromStep);
        const sumAcReal = f64x2.add(aReal, cReal);
        const sumBdReal = f64x2.add(bReal, dReal);
        const sumAcImaginary = f64x2.add(aImaginary, cImaginary);
        const sumBdImaginary = f64x2.add(bImaginary, dImaginary);
        const c = a + 2 * step;
        const ci = ai + 2 * step;
        v128.store(a, f64x2.add(sumAcReal, sumBdReal));
        v128.store(ai, f64x2.add(sumAcImaginary, sumBdImaginary));
        const twoReal = f64x2.sub(sumAcReal, sumBdReal);
        const twoImaginary = f64x2.sub(sumAcImaginary, sumBdImaginary);
        v128.store(c, f64x2.sub(f64x2.mul(twoReal, c2), f64x2.mul(twoImaginary, s2)));
        v128.store(ci, f64x2.add(f64x2.mul(twoReal, s2), f64x2.mul(twoImaginary, c2)));
        const gapAcReal = f64x2.sub(aReal, cReal);
        const gapBdReal = f64x2.sub(bReal, dReal);
        const gapAcImaginary = f64x2.sub(aImaginary, cImaginary);
        const gapBdImaginary = f64x2.sub(bImaginary, dImaginary);
        const oneReal = f64x2.add(gapAcReal, gapBdImaginary);
        const oneImaginary = f64x2.sub(gapAcImaginary, gapBdReal);
        v128.store(a + step, f64x2.sub(f64x2.mul(oneReal, c1), f64x2.mul(oneImaginary, s1)));
        v128.store(ai + step, f64x2.add(f64x2.mul(oneReal, s1), f64x2.mul(oneImaginary, c1)));
        const threeReal = f64x2.sub(gapAcReal, gapBdImaginary);
        const threeImaginary = f64x2.add(gapAcImaginary, gapBdReal);
        v128.store(c + step, f64x2.sub(f64x2.mul(threeReal, c3), f64x2.mul(threeImaginary, s3)));
        v128.store(ci + step, f64x2.add(f64x2.mul(threeReal, s3), f64x2.mul(threeImaginary, c3)));
        fromA += 16;
        fromAi += 16;
        a += 16;
        ai += 16;
      }
    }
  }
}

/** Undoes `forwardFour` up to the factor 4: conjugate twiddles, then butterflies. */
function inverseFour(
  fromReal: usize,
  fromImaginary: usize,
  fromStride: usize,
  real: usize,
  imaginary: usize,
  stride: usize,
  bytes: usize,
  length: usize,
  block: usize,
  twiddles: usize,
): void {
  const rows = block >> 2;
  const fromStep = rows * fromStride;
  const step = rows * stride;
  const turnBytes = (length / block) * twiddleBytes;
  for (let start: usize = 0; start < length; start += block) {
    for (let row: usize = 0; row < rows; row++) {
      const turn = row * turnBytes;
      const c1 = v128.load64_splat(twiddles + turn);
      const s1 = v128.load64_splat(twiddles + turn, 8);
      const c2 = v128.load64_splat(twiddles + 2 * turn);
      const s2 = v128.load64_splat(twiddles + 2 * turn, 8);
      const c3 = v128.load64_splat(twiddles + 3 * turn);
      const s3 = v128.load64_splat(twiddles + 3 * turn, 8);
      let fromA = fromReal + (start + row) * fromStride;
      let fromAi = fromImaginary + (start + row) * fromStride;
      let a = real + (start + row) * stride;
      let ai = imaginary + (start + row) * stride;
      const end = a + bytes;
      while (a < end) {
        const fromC = fromA + 2 * fromStep;
        const fromCi = fromAi + 2 * fromStep;
        const bReal = v128.load(fromA + fromStep);
        const bImaginary = v128.load(fromAi + fromStep);
        const oneReal = f64x2.add(f64x2.mul(bReal, c1), f64x2.mul(bImaginary, s1));
        const oneImaginary = f64x2.sub(f64x2.mul(bImaginary, c1), f64x2.mul(bReal, s1));
        const dReal = v128.load(fromC + fromStep);
        const dImaginary = v128.load(fromCi + fromStep);
        const threeReal = f64x2.add(f64x2.mul(dReal, c3), f64x2.mul(dImaginary, s3));
        const threeImaginary = f64x2.sub(f64x2.mul(dImaginary, c3), f64x2.mul(dReal, s3));
        const cReal = v128.load(fromC);
        const cImaginary = v128.load(fromCi);
        const twoReal = f64x2.add(f64x2.mul(cReal, c2), f64x2.mul(cImaginary, s2));
        const twoImaginary = f64x2.sub(f64x2.mul(cImaginary, c2), f64x2.mul(cReal, s2));
        const aReal = v128.load(fromA);
        const aImaginary = v128.load(fromAi);
        const sumEvenReal = f64x2.add(aReal, twoReal);
        const sumEvenImaginary = f64x2.add(aImaginary, twoImaginary);
        const gapEvenReal = f64x2.sub(aReal, twoReal);
        const gapEvenImaginary = f64x2.sub(aImaginary, twoImaginary);
        const sumOddReal = f64x2.add(oneReal, threeReal);
        const sumOddImaginary = f64x2.add(oneImaginary, threeImaginary);
        const gapOddReal = f64x2.sub(oneReal, threeReal);
        const gapOddImaginary = f64x2.sub(oneImaginary, threeImaginary);
        const c = a + 2 * step;
        const ci = ai + 2 * step;
        v128.store(a, f64x2.add(sumEvenReal, sumOddReal));
        v128.store(ai, f64x2.add(sumEvenImaginary, sumOddImaginary));
        v128.store(a + step, f64x2.sub(gapEvenReal, gapOddImaginary));
        v128.store(ai + step, f64x2.add(gapEvenImaginary, gapOddReal));
        v128.store(c, f64x2.sub(sumEvenReal, sumOddReal));
        v128.store(ci, f64x2.sub(sumEvenImaginary, sumOddImaginary));
        v128.store(c + step, f64x2.add(gapEvenReal, gapOddImaginary));
        v128.store(ci + step, f64x2.sub(gapEvenImaginary, gapOddReal));
        fromA += 16;
        fromAi += 16;
        a += 16;
        ai += 16;
      }
    }
  }
}

/** Radix 2 in place, for pairs of neighboring rows; its own inverse up to the factor 2. */
function two(real: usize, imaginary: usize, stride: usize, bytes: usize, length: usize): void {
  for (let row: usize = 0; row < length; row += 2) {
    for (let at = row * stride; at < row * stride + bytes; at += 16) {
      const aReal = v128.load(real + at);
      const bReal = v128.load(real + at + stride);
      const aImaginary = v128.load(imaginary + at);
      const bImaginary = v128.load(imaginary + at + stride);
      v128.store(real + at, f64x2.add(aReal, bReal));
      v128.store(real + at + stride, f64x2.sub(aReal, bReal));
      v128.store(imaginary + at, f64x2.add(aImaginary, bImaginary));
      v128.store(imaginary + at + stride, f64x2.sub(aImaginary, bImaginary));
    }
  }
}

function clearRow(real: usize, imaginary: usize, bytes: usize): void {
  const zero = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(real + at, zero);
    v128.store(imaginary + at, zero);
  }
}

/** Clears the empty rows, except those that the innermost stage skips. */
function clearOthers(
  real: usize,
  imaginary: usize,
  stride: usize,
  bytes: usize,
  length: usize,
  filled: usize,
  leaveOut: bool,
): void {
  for (let group: usize = 0; group < length; group += 4) {
    const rows = load<u32>(filled + group);
    if (rows === 0x01010101) continue;
    if (leaveOut && (rows === 0 || rows === 1 || rows === 0x01000000)) continue;
    for (let row = group; row < group + 4; row++) {
      if (load<u8>(filled + row) === 0) clearRow(real + row * stride, imaginary + row * stride, bytes);
    }
  }
}

/** Only one of four rows is nonzero, frequency 0 or -1 of four: the others are that row, rotated by quarter turns. */
function spreadRow(
  fromReal: usize,
  fromImaginary: usize,
  real: usize,
  imaginary: usize,
  stride: usize,
  bytes: usize,
  isLast: bool,
): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const re = v128.load(fromReal + at);
    const im = v128.load(fromImaginary + at);
    v128.store(real + at, re);
    v128.store(imaginary + at, im);
    v128.store(real + stride + at, isLast ? im : re);
    v128.store(imaginary + stride + at, isLast ? f64x2.neg(re) : im);
    v128.store(real + 2 * stride + at, isLast ? f64x2.neg(re) : re);
    v128.store(imaginary + 2 * stride + at, isLast ? f64x2.neg(im) : im);
    v128.store(real + 3 * stride + at, isLast ? f64x2.neg(im) : re);
    v128.store(imaginary + 3 * stride + at, isLast ? re : im);
  }
}

/** The innermost radix-4 stage, if most rows of a band are empty. */
function innermostFour(
  real: usize,
  imaginary: usize,
  stride: usize,
  bytes: usize,
  length: usize,
  filled: usize,
  twiddles: usize,
): void {
  for (let group: usize = 0; group < length; group += 4) {
    const rows = load<u32>(filled + group);
    const re = real + group * stride;
    const im = imaginary + group * stride;
    if (rows === 0) {
      for (let row: usize = 0; row < 4; row++) clearRow(re + row * stride, im + row * stride, bytes);
    } else if (rows === 1) spreadRow(re, im, re, im, stride, bytes, false);
    else if (rows === 0x01000000) {
      spreadRow(re + 3 * stride, im + 3 * stride, re, im, stride, bytes, true);
    } else inverseFour(re, im, stride, re, im, stride, bytes, 4, 4, twiddles);
  }
}

/** Forward transform of a length of at least 4. The input stays unchanged unless it is the output. */
export function forwardRows(
  fromReal: usize,
  fromImaginary: usize,
  fromStride: usize,
  real: usize,
  imaginary: usize,
  stride: usize,
  bytes: usize,
  length: usize,
  twiddles: usize,
): void {
  for (let at: usize = 0; at < bytes; at += stripBytes) {
    const width = min(stripBytes, bytes - at);
    const re = real + at;
    const im = imaginary + at;
    forwardFour(
      fromReal + at,
      fromImaginary + at,
      fromStride,
      re,
      im,
      stride,
      width,
      length,
      length,
      twiddles,
    );
    let block = length >> 2;
    for (; block >= 4; block >>= 2)
      forwardFour(re, im, stride, re, im, stride, width, length, block, twiddles);
    if (block === 2) two(re, im, stride, width, length);
  }
}

/**
 * Its inverse without a scale factor. The input is lost; only the rows marked in `filled` (a byte per row) are read.
 * Needs a length of at least 8, or the output in place of the input.
 */
export function inverseRows(
  fromReal: usize,
  fromImaginary: usize,
  fromStride: usize,
  real: usize,
  imaginary: usize,
  stride: usize,
  bytes: usize,
  length: usize,
  filled: usize,
  twiddles: usize,
): void {
  const endsInTwo = (ctz(length) & 1) === 1;
  for (let at: usize = 0; at < bytes; at += stripBytes) {
    const width = min(stripBytes, bytes - at);
    const fromRe = fromReal + at;
    const fromIm = fromImaginary + at;
    clearOthers(fromRe, fromIm, fromStride, width, length, filled, !endsInTwo);
    let block: usize = 16;
    if (endsInTwo) {
      two(fromRe, fromIm, fromStride, width, length);
      block = 8;
    } else innermostFour(fromRe, fromIm, fromStride, width, length, filled, twiddles);
    for (; block < length; block <<= 2) {
      inverseFour(fromRe, fromIm, fromStride, fromRe, fromIm, fromStride, width, length, block, twiddles);
    }
    if (block === length) {
      inverseFour(
        fromRe,
        fromIm,
        fromStride,
        real + at,
        imaginary + at,
        stride,
        width,
        length,
        length,
        twiddles,
      );
    }
  }
}
