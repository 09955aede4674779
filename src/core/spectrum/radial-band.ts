/** Bands of radii sqrt(u^2 + v^2) of signed frequency with ideal or Gaussian edges: low-, high- and band-pass. */

/** The edges of a band: sharp, as in Fig. 1 of the paper, or Gaussian. */
export type BandEdges = 'ideal' | 'gaussian';

/** A band of radii, in cycles per image. */
export interface RadialBand {
  /** Lower cut-off; 0 removes nothing, and in an ideal band any value in (0, 1] removes only the mean. */
  readonly inner: number;
  /** Upper cut-off; Infinity removes nothing. */
  readonly outer: number;
  readonly edges: BandEdges;
}

/** The largest radius in a square image, that of u = v = -side / 2. */
export const cornerRadius = (side: number): number => side / Math.SQRT2;

/** exp(-r^2 / 2 s^2) is below 2^-24, half a float32 step of 1, from 5.8 s on. */
const gaussianReach = 5.8;

/** Largest radius with a nonzero gain in float32. */
export const lowPassReach = (cutOff: number, edges: BandEdges): number =>
  edges === 'ideal' ? cutOff : gaussianReach * cutOff;

const gaussianLowPass = (squaredRadius: number, cutOff: number): number => {
  if (cutOff === 0) return squaredRadius === 0 ? 1 : 0;
  return Math.exp(-squaredRadius / (2 * cutOff * cutOff));
};

/**
 * The gain of a band at one frequency. Ideal: 1 for inner <= r <= outer, else 0. Gaussian: low-pass exp(-r^2 / 2 outer^2)
 * times high-pass 1 - exp(-r^2 / 2 inner^2), each 1 if it removes nothing. The gain of a low-pass at its cut-off is 0.61.
 * @param squaredRadius u^2 + v^2
 * @returns the factor of F(u, v), 0 to 1
 */
export const bandGain = ({ inner, outer, edges }: RadialBand, squaredRadius: number): number => {
  if (edges === 'ideal') {
    const radius = Math.sqrt(squaredRadius);
    return radius >= inner && radius <= outer ? 1 : 0;
  }
  const low = outer === Number.POSITIVE_INFINITY ? 1 : gaussianLowPass(squaredRadius, outer);
  return inner === 0 ? low : low * (1 - gaussianLowPass(squaredRadius, inner));
};

/**
 * Fills in the gains of a square image's frequencies, which depend only on |u| and |v|.
 * @param gains filled: [side / 2 + 1, side / 2 + 1] row-major, symmetric
 */
export const fillGains = (gains: Float64Array, side: number, band: RadialBand): void => {
  const count = side / 2 + 1;
  for (let u = 0; u < count; u++) {
    for (let v = 0; v <= u; v++) {
      const gain = bandGain(band, u * u + v * v);
      gains[u * count + v] = gain;
      gains[v * count + u] = gain;
    }
  }
};
