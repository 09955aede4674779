/**
 * Transforms four complex lines at once: each point is two vectors, the real and the imaginary parts of the four lines.
 * Radix 4 by Stockham's method, whose results are in natural order, with a last pass of radix 2 if the length is an odd power
 * of two. 4.25 L log2 L operations per line.
 */

/** Bytes of a point. */
export const pointBytes: usize = 32;

/** The largest number of points in a line. Two buffers of that size fit into a thread's scratch memory. */
export const mostPoints: usize = 512;

/**
 * One pass of radix 4 with factors: sub-transforms of `count` points, `span` of them side by side.
 * @param stride bytes between points of the source; if it is not `pointBytes`, span is 1
 */
function passOfFour(
  source: usize,
  stride: usize,
  target: usize,
  count: usize,
  span: usize,
  twiddles: usize,
): void {
  const quarter = count >> 2;
  const step = quarter * span * stride;
  const wide = span * pointBytes;
  const twiddleStep = span * 8;
  let from = source;
  let to = target;
  let w1 = twiddles;
  let w2 = twiddles;
  let w3 = twiddles;
  for (let p: usize = 0; p < quarter; p++) {
    const w1Real = v128.load32_splat(w1);
    const w1Imaginary = v128.load32_splat(w1, 4);
    const w2Real = v128.load32_splat(w2);
    const w2Imaginary = v128.load32_splat(w2, 4);
    const w3Real = v128.load32_splat(w3);
    const w3Imaginary = v128.load32_splat(w3, 4);
    w1 += twiddleStep;
    w2 += 2 * twiddleStep;
    w3 += 3 * twiddleStep;
    for (let end = to + wide; to < end; to += pointBytes) {
      const at1 = from + step;
      const at2 = at1 + step;
      const at3 = at2 + step;
      const evenSumReal = f32x4.add(v128.load(from), v128.load(at2));
      const evenSumImaginary = f32x4.add(v128.load(from, 16), v128.load(at2, 16));
      const evenReal = f32x4.sub(v128.load(from), v128.load(at2));
      const evenImaginary = f32x4.sub(v128.load(from, 16), v128.load(at2, 16));
      const oddSumReal = f32x4.add(v128.load(at1), v128.load(at3));
      const oddSumImaginary = f32x4.add(v128.load(at1, 16), v128.load(at3, 16));
      // Minus i times the difference.
      const oddReal = f32x4.sub(v128.load(at1, 16), v128.load(at3, 16));
      const oddImaginary = f32x4.sub(v128.load(at3), v128.load(at1));
      v128.store(to, f32x4.add(evenSumReal, oddSumReal));
      v128.store(to, f32x4.add(evenSumImaginary, oddSumImaginary), 16);
      const to1 = to + wide;
      const real1 = f32x4.add(evenReal, oddReal);
      const imaginary1 = f32x4.add(evenImaginary, oddImaginary);
      v128.store(to1, f32x4.sub(f32x4.mul(real1, w1Real), f32x4.mul(imaginary1, w1Imaginary)));
      v128.store(to1, f32x4.add(f32x4.mul(real1, w1Imaginary), f32x4.mul(imaginary1, w1Real)), 16);
      const to2 = to1 + wide;
      const real2 = f32x4.sub(evenSumReal, oddSumReal);
      const imaginary2 = f32x4.sub(evenSumImaginary, oddSumImaginary);
      v128.store(to2, f32x4.sub(f32x4.mul(real2, w2Real), f32x4.mul(imaginary2, w2Imaginary)));
      v128.store(to2, f32x4.add(f32x4.mul(real2, w2Imaginary), f32x4.mul(imaginary2, w2Real)), 16);
      const to3 = to2 + wide;
      const real3 = f32x4.sub(evenReal, oddReal);
      const imaginary3 = f32x4.sub(evenImaginary, oddImaginary);
      v128.store(to3, f32x4.sub(f32x4.mul(real3, w3Real), f32x4.mul(imaginary3, w3Imaginary)));
      v128.store(to3, f32x4.add(f32x4.mul(real3, w3Imaginary), f32x4.mul(imaginary3, w3Real)), 16);
      from += stride;
    }
    to += 3 * wide;
  }
}

/** The last pass if the length is an even power of two: all factors are 1. */
function lastPassOfFour(source: usize, target: usize, span: usize): void {
  const wide = span * pointBytes;
  const end = source + wide;
  let to = target;
  for (let from = source; from < end; from += pointBytes) {
    const at1 = from + wide;
    const at2 = at1 + wide;
    const at3 = at2 + wide;
    const evenSumReal = f32x4.add(v128.load(from), v128.load(at2));
    const evenSumImaginary = f32x4.add(v128.load(from, 16), v128.load(at2, 16));
    const evenReal = f32x4.sub(v128.load(from), v128.load(at2));
    const evenImaginary = f32x4.sub(v128.load(from, 16), v128.load(at2, 16));
    const oddSumReal = f32x4.add(v128.load(at1), v128.load(at3));
    const oddSumImaginary = f32x4.add(v128.load(at1, 16), v128.load(at3, 16));
    const oddReal = f32x4.sub(v128.load(at1, 16), v128.load(at3, 16));
    const oddImaginary = f32x4.sub(v128.load(at3), v128.load(at1));
    v128.store(to, f32x4.add(evenSumReal, oddSumReal));
    v128.store(to, f32x4.add(evenSumImaginary, oddSumImaginary), 16);
    const to1 = to + wide;
    v128.store(to1, f32x4.add(evenReal, oddReal));
    v128.store(to1, f32x4.add(evenImaginary, oddImaginary), 16);
    const to2 = to1 + wide;
    v128.store(to2, f32x4.sub(evenSumReal, oddSumReal));
    v128.store(to2, f32x4.sub(evenSumImaginary, oddSumImaginary), 16);
    const to3 = to2 + wide;
    v128.store(to3, f32x4.sub(evenReal, oddReal));
    v128.store(to3, f32x4.sub(evenImaginary, oddImaginary), 16);
    to += pointBytes;
  }
}

/** The last pass if the length is an odd power of two. */
function lastPassOfTwo(source: usize, target: usize, span: usize): void {
  const wide = span * pointBytes;
  const end = source + wide;
  let to = target;
  for (let from = source; from < end; from += pointBytes) {
    const at1 = from + wide;
    const real = v128.load(from);
    const imaginary = v128.load(from, 16);
    const otherReal = v128.load(at1);
    const otherImaginary = v128.load(at1, 16);
    v128.store(to, f32x4.add(real, otherReal));
    v128.store(to, f32x4.add(imaginary, otherImaginary), 16);
    const to1 = to + wide;
    v128.store(to1, f32x4.sub(real, otherReal));
    v128.store(to1, f32x4.sub(imaginary, otherImaginary), 16);
    to += pointBytes;
  }
}

/**
 * Forward transform exp(-2 pi i ...), unnormalized. The inverse, unnormalized too, is the same with real and imaginary
 * parts exchanged on the way in and on the way out.
 * @param source points in natural order, `stride` bytes apart
 * @param first buffer of `length` points, other than the source
 * @param second likewise; it may be the source
 * @param length a power of two, at least 8
 * @param twiddles exp(-2 pi i k / length) as pairs
 * @returns the buffer with the result, `pointBytes` per point
 */
export function transformLines(
  source: usize,
  stride: usize,
  first: usize,
  second: usize,
  length: usize,
  twiddles: usize,
): usize {
  passOfFour(source, stride, first, length, 1, twiddles);
  let from = first;
  let to = second;
  let span: usize = 4;
  let count = length >> 2;
  while (count > 4) {
    passOfFour(from, pointBytes, to, count, span, twiddles);
    const free = from;
    from = to;
    to = free;
    span <<= 2;
    count >>= 2;
  }
  if (count === 4) lastPassOfFour(from, to, span);
  else lastPassOfTwo(from, to, span);
  return to;
}
