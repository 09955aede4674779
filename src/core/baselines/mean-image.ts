/** The mean of a set of images: the simplest reconstruction of a good one. */

/** Sums images one by one. */
export class MeanImage {
  private readonly sums: Float64Array;
  private count = 0;

  /** @param side S in pixels */
  constructor(side: number) {
    this.sums = new Float64Array(side * side * 3);
  }

  /**
   * @param image RGB bytes, [S, S, 3], 0 to 255
   * @throws RangeError if it is not [S, S, 3]
   */
  add(image: Uint8Array): void {
    const { sums } = this;
    if (image.length !== sums.length) {
      throw new RangeError(`Expected ${sums.length} values per image, got ${image.length}.`);
    }
    for (let i = 0; i < sums.length; i++) sums[i] += image[i];
    this.count++;
  }

  /**
   * @returns RGB, [S, S, 3], in [0, 1]; a new array
   * @throws RangeError if there are no images
   */
  mean(): Float32Array {
    const { sums, count } = this;
    if (count === 0) throw new RangeError('A mean image needs at least one image.');
    return Float32Array.from(sums, (sum) => sum / (255 * count));
  }
}
