/** The mean squared error: sums of chunks in float64, their mean, and the gradient. */

/** Floats per chunk. */
const chunkFloats: i32 = 16_384;

@unmanaged
class SumArguments {
  x: usize;
  y: usize;
  /** float64, one per chunk. */
  parts: usize;
  size: i32;
}

function square(value: f64): f64 {
  return value * value;
}

export function runSquaredErrorSums(address: usize, chunk: i32): void {
  const given = changetype<SumArguments>(address);
  const first = chunk * chunkFloats;
  const last = min(first + chunkFloats, given.size);
  let x = given.x + ((<usize>first) << 2);
  let y = given.y + ((<usize>first) << 2);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let index = first;
  for (; index + 4 <= last; index += 4) {
    const difference = f32x4.sub(v128.load(x), v128.load(y));
    const a = f64x2.promote_low_f32x4(difference);
    const b = f64x2.promote_low_f32x4(v128.shuffle<i32>(difference, difference, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
    x += 16;
    y += 16;
  }
  const sums = f64x2.add(low, high);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; index < last; index++) {
    sum += square(<f64>(load<f32>(x) - load<f32>(y)));
    x += 4;
    y += 4;
  }
  store<f64>(given.parts + ((<usize>chunk) << 3), sum);
}

@unmanaged
class MeanArguments {
  parts: usize;
  target: usize;
  chunks: i32;
  size: i32;
}

export function runSquaredErrorMean(address: usize): void {
  const given = changetype<MeanArguments>(address);
  const parts = given.parts;
  let sum: f64 = 0;
  for (let chunk = 0; chunk < given.chunks; chunk++) sum += load<f64>(parts + ((<usize>chunk) << 3));
  store<f32>(given.target, <f32>(sum / <f64>given.size));
}

@unmanaged
class GradientArguments {
  x: usize;
  y: usize;
  /** The gradient of the result, one float. */
  slope: usize;
  target: usize;
  size: i32;
}

export function runSquaredErrorGradient(address: usize, chunk: i32): void {
  const given = changetype<GradientArguments>(address);
  const factor = <f32>((2 * <f64>load<f32>(given.slope)) / <f64>given.size);
  const factors = f32x4.splat(factor);
  const first = chunk * chunkFloats;
  const last = min(first + chunkFloats, given.size);
  const offset = (<usize>first) << 2;
  let x = given.x + offset;
  let y = given.y + offset;
  let target = given.target + offset;
  let index = first;
  for (; index + 4 <= last; index += 4) {
    v128.store(target, f32x4.mul(factors, f32x4.sub(v128.load(y), v128.load(x))));
    x += 16;
    y += 16;
    target += 16;
  }
  for (; index < last; index++) {
    store<f32>(target, factor * (load<f32>(y) - load<f32>(x)));
    x += 4;
    y += 4;
    target += 4;
  }
}
