/** Computes the residual of an image as three float64 planes, with its sums. */

/** Addresses in bytes. */
@unmanaged
class Residual {
  /** RGB bytes of the input, and float32 of the reconstruction; an odd number of pixels is followed by one pixel of zeros. */
  input: usize;
  reconstruction: usize;
  pixels: usize;
  /** Values in [0, 1] of the 256 bytes, float64. */
  units: usize;
  /** Planes [pixels] of the channels. */
  first: usize;
  second: usize;
  third: usize;
  /** Sum of each channel, then sum of squares of each channel. */
  sums: usize;
}

/** x - y of one channel for two neighboring pixels. */
function pair(input: usize, reconstruction: usize, units: usize): v128 {
  const x = v128.load64_lane(
    units + ((<usize>load<u8>(input, 3)) << 3),
    v128.load64_zero(units + ((<usize>load<u8>(input)) << 3)),
    1,
  );
  const y = v128.load32_zero(reconstruction);
  return f64x2.sub(x, f64x2.promote_low_f32x4(v128.load32_lane(reconstruction + 12, y, 1)));
}

function storeSum(to: usize, sum: v128): void {
  store<f64>(to, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}

export function takeResidual(address: usize): void {
  const residual = changetype<Residual>(address);
  const units = residual.units;
  let input = residual.input;
  let reconstruction = residual.reconstruction;
  let first = residual.first;
  let second = residual.second;
  let third = residual.third;
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let energy0 = sum0;
  let energy1 = sum0;
  let energy2 = sum0;
  for (let left = residual.pixels; left > 0; left -= min<usize>(2, left)) {
    const value0 = pair(input, reconstruction, units);
    v128.store(first, value0);
    sum0 = f64x2.add(sum0, value0);
    energy0 = f64x2.add(energy0, f64x2.mul(value0, value0));
    const value1 = pair(input + 1, reconstruction + 4, units);
    v128.store(second, value1);
    sum1 = f64x2.add(sum1, value1);
    energy1 = f64x2.add(energy1, f64x2.mul(value1, value1));
    const value2 = pair(input + 2, reconstruction + 8, units);
    v128.store(third, value2);
    sum2 = f64x2.add(sum2, value2);
    energy2 = f64x2.add(energy2, f64x2.mul(value2, value2));
    input += 6;
    reconstruction += 24;
    first += 16;
    second += 16;
    third += 16;
  }
  const sums = residual.sums;
  storeSum(sums, sum0);
  storeSum(sums + 8, sum1);
  storeSum(sums + 16, sum2);
  storeSum(sums + 24, energy0);
  storeSum(sums + 32, energy1);
  storeSum(sums + 40, energy2);
}
