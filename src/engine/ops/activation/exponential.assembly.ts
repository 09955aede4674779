/** exp of four floats at once. */

/** Above this, the result is infinite. This limit is slightly below that of float32. */
const largest: f32 = 88;
/** Below this, the result stays near float32's smallest normal number. */
const least: f32 = -87;

/**
 * exp, accurate to 2 units in the last place: 2^k from the exponent's bits, times a polynomial of the
 * remainder, whose magnitude is at most half of ln 2. Coefficients: `expf` of Moshier's Cephes library. NaN
 * gives NaN.
 */
export function exponentials(values: v128): v128 {
  const upper = f32x4.splat(largest);
  const bounded = f32x4.pmax(f32x4.pmin(values, upper), f32x4.splat(least));
  // Adding a float to 1.5 times 2^23 rounds it to a whole number, which is then in the lowest bits.
  const magic = f32x4.splat(12_582_912);
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(<f32>Math.LOG2E)), magic);
  const whole = f32x4.sub(shifted, magic);
  // ln 2 in two parts; the product of k and the first part is exact.
  const coarse = f32x4.sub(bounded, f32x4.mul(whole, f32x4.splat(0.693359375)));
  const rest = f32x4.sub(coarse, f32x4.mul(whole, f32x4.splat(-2.1219444e-4)));
  let sum = f32x4.add(f32x4.mul(f32x4.splat(1.98756915e-4), rest), f32x4.splat(1.3981999507e-3));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(8.3334519073e-3));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(4.1665795894e-2));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.6666665459e-1));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(5.0000001201e-1));
  sum = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(sum, rest), rest), rest), f32x4.splat(1));
  const exponent = i32x4.add(shifted, i32x4.splat(127));
  const result = f32x4.mul(sum, i32x4.shl(exponent, 23));
  return v128.bitselect(f32x4.splat(Infinity), result, f32x4.gt(values, upper));
}
