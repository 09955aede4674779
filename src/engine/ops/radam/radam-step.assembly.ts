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
  /** Address of a float32 that is not 0 if the step is refused. */
  refused: usize;
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
  if (load<f32>(given.refused) !== 0) return;
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

@unmanaged
class CheckArguments {
  /** float32; becomes 1 if a value is refused. */
  refused: usize;
  parameters: i32;
  half: i32;
  /** The smallest refused bits of a gradient without its sign. */
  limit: i32;
  /** float32 */
  loss: usize;
}

function hasRefused(values: usize, bytes: usize, limit: i32): bool {
  const signless = i32x4.splat(0x7fff_ffff);
  const limits = i32x4.splat(limit);
  let found = i32x4.splat(0);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16)
    found = v128.or(found, i32x4.ge_s(v128.and(v128.load(values + at), signless), limits));
  if (v128.any_true(found)) return true;
  for (; at < bytes; at += 4) if ((load<i32>(values + at) & 0x7fff_ffff) >= limit) return true;
  return false;
}

/** Sets `refused` if the loss is not finite or a gradient is refused. Its entries are those of a step. */
export function runGradientCheck(address: usize, chunk: i32): void {
  const given = changetype<CheckArguments>(address);
  const first = chunk * chunkFloats;
  const last = min(first + chunkFloats, given.half);
  let isRefused = chunk === 0 && hasRefused(given.loss, 4, 0x7f80_0000);
  let entry = address + offsetof<CheckArguments>();
  for (let left = given.parameters; left > 0 && !isRefused; left--) {
    const parameter = changetype<RadamParameter>(entry);
    const from = max(first, parameter.begin);
    const to = min(last, parameter.begin + parameter.size);
    if (from < to) {
      const skipped = <usize>(from - parameter.begin) * 4;
      isRefused = hasRefused(parameter.gradient + skipped, <usize>(to - from) * 4, given.limit);
    }
    entry += offsetof<RadamParameter>();
  }
  if (isRefused) store<f32>(given.refused, 1);
}
