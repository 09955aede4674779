/** A RAdam step over all parameters. A chunk is a piece of their concatenation. */

/** Floats per chunk. */
const chunkFloats: i32 = 16_384;

@unmanaged
class RadamArguments {
  /** float32: beta1, beta2, 1 - beta1, 1 - beta2, gradient decay, step size, parameter scale, epsilon. */
  numbers: usize;
  /** float32 [2, half]: first moments of all parameters, then second moments. */
  moments: usize;
  rectified: i32;
  parameters: i32;
  half: i32;
}

/** One per parameter, behind the arguments. */
@unmanaged
class RadamParameter {
  values: usize;
  gradient: usize;
  /** Offset of its moments in each half, in floats. */
  begin: i32;
  size: i32;
}

function stepPiece(
  values: usize,
  gradient: usize,
  firsts: usize,
  seconds: usize,
  bytes: usize,
  numbers: usize,
  rectified: bool,
): void {
  const beta1 = v128.load32_splat(numbers);
  const beta2 = v128.load32_splat(numbers + 4);
  const share1 = v128.load32_splat(numbers + 8);
  const share2 = v128.load32_splat(numbers + 12);
  const decay = v128.load32_splat(numbers + 16);
  const stepSize = v128.load32_splat(numbers + 20);
  const scale = v128.load32_splat(numbers + 24);
  const epsilon = v128.load32_splat(numbers + 28);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const value = v128.load(values + at);
    const slope = f32x4.add(v128.load(gradient + at), f32x4.mul(decay, value));
    const first = f32x4.add(f32x4.mul(beta1, v128.load(firsts + at)), f32x4.mul(share1, slope));
    const square = f32x4.mul(share2, f32x4.mul(slope, slope));
    const second = f32x4.add(f32x4.mul(beta2, v128.load(seconds + at)), square);
    v128.store(firsts + at, first);
    v128.store(seconds + at, second);
    let step = f32x4.mul(stepSize, first);
    if (rectified) step = f32x4.div(step, f32x4.add(f32x4.sqrt(second), epsilon));
    v128.store(values + at, f32x4.sub(f32x4.mul(scale, value), step));
  }
  for (; at < bytes; at += 4) {
    const value = v128.load32_splat(values + at);
    const slope = f32x4.add(v128.load32_splat(gradient + at), f32x4.mul(decay, value));
    const first = f32x4.add(f32x4.mul(beta1, v128.load32_splat(firsts + at)), f32x4.mul(share1, slope));
    const square = f32x4.mul(share2, f32x4.mul(slope, slope));
    const second = f32x4.add(f32x4.mul(beta2, v128.load32_splat(seconds + at)), square);
    v128.store_lane<f32>(firsts + at, first, 0);
    v128.store_lane<f32>(seconds + at, second, 0);
    let step = f32x4.mul(stepSize, first);
    if (rectified) step = f32x4.div(step, f32x4.add(f32x4.sqrt(second), epsilon));
    v128.store_lane<f32>(values + at, f32x4.sub(f32x4.mul(scale, value), step), 0);
  }
}

export function runRadamStep(address: usize, chunk: i32): void {
  const given = changetype<RadamArguments>(address);
  const half = given.half;
  const first = chunk * chunkFloats;
  const last = min(first + chunkFloats, half);
  let entry = address + offsetof<RadamArguments>();
  for (let left = given.parameters; left > 0; left--) {
    const parameter = changetype<RadamParameter>(entry);
    const from = max(first, parameter.begin);
    const to = min(last, parameter.begin + parameter.size);
    if (from < to) {
      const skipped = <usize>(from - parameter.begin) * 4;
      const moments = given.moments + <usize>from * 4;
      stepPiece(
        parameter.values + skipped,
        parameter.gradient + skipped,
        moments,
        moments + <usize>half * 4,
        <usize>(to - from) * 4,
        given.numbers,
        given.rectified !== 0,
      );
    }
    entry += offsetof<RadamParameter>();
  }
}
