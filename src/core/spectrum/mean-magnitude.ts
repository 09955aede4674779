/** The mean spectrum of a set of images, the divisor of the adaptive weights. */
import { createRealFft2, type RealFft2 } from './fast-fft.ts';

const channels = 3;

const addMagnitudes = (
  { side, allColumns, real, imaginary, rowOfFrequency }: RealFft2,
  sums: Float64Array,
) => {
  for (let v = 0; v < side; v++) {
    const row = rowOfFrequency[v] * allColumns;
    for (let u = 0; u < allColumns; u++) {
      sums[u * side + v] += Math.sqrt(
        real[row + u] * real[row + u] + imaginary[row + u] * imaginary[row + u],
      );
    }
  }
};

/** Accumulates the mean of |F(u, v)| over images and channels, with F as in Eq. 2. */
export class MeanMagnitude {
  private readonly fft: RealFft2;
  private readonly plane: Float64Array;
  private readonly sums: Float64Array;
  private planes = 0;

  /** @param side S, a power of two */
  constructor(private readonly side: number) {
    this.fft = createRealFft2(side);
    this.plane = new Float64Array(side * side);
    this.sums = new Float64Array(side * side);
  }

  /**
   * @param image RGB bytes, [S, S, 3], 0 to 255, scaled to [0, 1]
   * @throws RangeError if it is not [S, S, 3]
   */
  add(image: Uint8Array): void {
    const { fft, plane } = this;
    if (image.length !== plane.length * channels) {
      throw new RangeError(`Expected ${plane.length * channels} values per image, got ${image.length}.`);
    }
    for (let channel = 0; channel < channels; channel++, this.planes++) {
      for (let pixel = 0, i = channel; pixel < plane.length; pixel++, i += channels) {
        plane[pixel] = image[i] / 255;
      }
      fft.load(plane);
      fft.forward(fft.allColumns);
      addMagnitudes(fft, this.sums);
    }
  }

  /**
   * @returns [S, S] row-major, unshifted: u in 0..S-1 along the rows
   * @throws RangeError if there are no images
   */
  mean(): Float32Array {
    const { side, sums, planes } = this;
    if (planes === 0) throw new RangeError('A mean spectrum needs at least one image.');
    // Images are real, so F(-u, -v) is the conjugate of F(u, v).
    for (let u = side / 2 + 1; u < side; u++) {
      for (let v = 0; v < side; v++) sums[u * side + v] = sums[(side - u) * side + ((side - v) % side)];
    }
    return Float32Array.from(sums, (sum) => sum / planes);
  }
}

/**
 * `MeanMagnitude` of a complete set of images.
 * @param images RGB bytes, [S, S, 3] each; at least one
 * @throws RangeError if there are no images, or one is not [S, S, 3]
 */
export const meanMagnitude = (images: Iterable<Uint8Array>, side: number): Float32Array => {
  const sum = new MeanMagnitude(side);
  for (const image of images) sum.add(image);
  return sum.mean();
};
