/** Computes one coefficient of an image's spectrum, with its phase, by the sum in Eq. 2. */

/** F(u, v) of one plane. */
export interface Coefficient {
  readonly real: number;
  readonly imaginary: number;
  /** |F|. */
  readonly magnitude: number;
  /** arg F in (-pi, pi]; undefined if |F| does not exceed the rounding of its own sum. */
  readonly phase: number | undefined;
}

/**
 * Mean over the channels. Its phase represents the image: the transform is linear, so its coefficient is the mean of the
 * channels' coefficients.
 * @param pixels [side, side, C] row-major
 * @returns [side, side], new
 * @throws RangeError if the last channel is incomplete
 */
export const channelMean = (pixels: Float32Array, side: number): Float64Array => {
  const area = side * side;
  const channels = pixels.length / area;
  if (!Number.isInteger(channels) || channels < 1) {
    throw new RangeError(`Expected whole channels of ${side} x ${side} values, got ${pixels.length} values.`);
  }
  return Float64Array.from({ length: area }, (_, pixel) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += pixels[pixel * channels + channel];
    return sum / channels;
  });
};

/**
 * Computes Eq. 2 at one frequency: F(u, v) = sum over (x, y) of f(x, y) exp(-2 pi i (ux + vy) / S), x along the rows. S^2 terms.
 * @param plane [side, side] row-major
 * @param u integer frequency along the rows, signed or not: periodic in `side`
 * @param v integer frequency along the columns, also periodic
 * @throws RangeError if the values do not fill the plane
 */
export const coefficientAt = (plane: Float64Array, side: number, u: number, v: number): Coefficient => {
  if (plane.length !== side * side) {
    throw new RangeError(`Expected ${side} x ${side} values, got ${plane.length}.`);
  }
  const cosine = Float64Array.from({ length: side }, (_, i) => Math.cos((2 * Math.PI * i) / side));
  const sine = Float64Array.from({ length: side }, (_, i) => Math.sin((2 * Math.PI * i) / side));
  const wrapped = (index: number): number => ((index % side) + side) % side;
  let real = 0;
  let imaginary = 0;
  let absolute = 0;
  for (let x = 0; x < side; x++) {
    let rowReal = 0;
    let rowImaginary = 0;
    for (let y = 0; y < side; y++) {
      const value = plane[x * side + y];
      const turn = wrapped(v * y);
      rowReal += value * cosine[turn];
      rowImaginary -= value * sine[turn];
      absolute += Math.abs(value);
    }
    const turn = wrapped(u * x);
    real += rowReal * cosine[turn] + rowImaginary * sine[turn];
    imaginary += rowImaginary * cosine[turn] - rowReal * sine[turn];
  }
  // Two nested sums of S terms, and two rounded factors: (2 S + 4) 2^-53 of the sum of all |f|.
  const rounding = (2 * side + 4) * 2 ** -53 * absolute;
  const magnitude = Math.hypot(real, imaginary);
  if (magnitude <= rounding) return { real, imaginary, magnitude, phase: undefined };
  // If F is real, rounding must not turn pi into -pi.
  const phase = Math.abs(imaginary) <= rounding ? (real < 0 ? Math.PI : 0) : Math.atan2(imaginary, real);
  return { real, imaginary, magnitude, phase };
};
