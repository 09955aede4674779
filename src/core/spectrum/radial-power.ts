/** Power of an image by radius of frequency: shows at which frequencies a residual remains. */
import { type ComplexMatrix, fft2 } from './fft.ts';
import { signedFrequency } from './signed-frequency.ts';

const channels = 3;

const radiusOf = (u: number, v: number): number => Math.round(Math.hypot(u, v));

/**
 * Number of radii of a square transform, from 0 (the mean) to the corner (-side/2, -side/2).
 * @param side a power of two, in pixels
 */
export const radiusCount = (side: number): number => radiusOf(side / 2, side / 2) + 1;

const radiiBySide = new Map<number, Uint16Array>();

/** Radius of each coefficient, [side, side], zero frequency at index 0. */
const radiiFor = (side: number): Uint16Array => {
  const known = radiiBySide.get(side);
  if (known) return known;
  const radii = Uint16Array.from({ length: side * side }, (_, i) =>
    radiusOf(signedFrequency(Math.floor(i / side), side), signedFrequency(i % side, side)),
  );
  radiiBySide.set(side, radii);
  return radii;
};

/**
 * Sums power by radius over the transforms of real planes.
 * @param side a power of two, in pixels
 */
export const radialSums = (side: number) => {
  const area = side * side;
  const radii = radiiFor(side);
  const sums = new Float64Array(radiusCount(side));
  return {
    /** Adds the joint transform of two real planes: the first is its real part, the second its imaginary part. */
    add: ({ real, imaginary }: ComplexMatrix): void => {
      // |Z(k)|^2 + |Z(-k)|^2 = 2 (|F1(k)|^2 + |F2(k)|^2), and k and -k have the same radius.
      for (let i = 0; i < area; i++) {
        sums[radii[i]!]! += real[i]! * real[i]! + imaginary[i]! * imaginary[i]!;
      }
    },
    /** The sum of |F|^2 / (S^2)^2 of each radius, averaged over this number of planes. */
    mean: (planes: number): Float64Array => {
      const scale = 1 / (area * area * planes);
      return sums.map((sum) => sum * scale);
    },
  };
};

/**
 * Radial power spectrum of images: for each integer radius, the sum of |F(u, v)|^2 / (S^2)^2 over the coefficients with
 * round(sqrt(u^2 + v^2)) equal to that radius, averaged over images and channels. F is Eq. 2's unnormalized transform, and u,
 * v are signed. By Parseval the sum over all radii is the mean square of the values, so each entry is the contribution of
 * its radius to the mean squared residual.
 * @param values RGB, [N, S, S, 3], any range: residuals x - y or images
 * @param side S, a power of two, in pixels
 * @returns float64, `radiusCount(side)` values of at least 0, in squared units of the values; non-finite if a value is
 * @throws RangeError if the last image is incomplete, or the side is no power of two
 */
export const radialPower = (values: Float32Array | Float64Array, side: number): Float64Array => {
  const area = side * side;
  const images = values.length / (area * channels);
  if (!Number.isInteger(images) || images < 1) {
    throw new RangeError(
      `Expected whole images of ${side} x ${side} x 3 values, got ${values.length} values.`,
    );
  }
  const power = radialSums(side);
  const planes = images * channels;
  const plane = (index: number): Float64Array => {
    const pixels = new Float64Array(area);
    if (index === planes) return pixels;
    const start = Math.floor(index / channels) * area * channels + (index % channels);
    for (let i = 0, at = start; i < area; i++, at += channels) pixels[i] = values[at]!;
    return pixels;
  };
  for (let index = 0; index < planes; index += 2) power.add(fft2(plane(index), side, side, plane(index + 1)));
  return power.mean(planes);
};
