/** Reconstructions as 16-bit numbers: half the memory of float32. */

/** Number of quantization levels besides 0. */
export const packedLevels = 65_535;

/**
 * Packs values in [0, 1] as round(65535 value). Unpacked, they have an error of at most 0.5 / 65535 < 2^-16.9: 257 times finer
 * than the 8 bits of the image that a reconstruction is compared with. In a spectrum this is white noise with a standard
 * deviation of S / (65535 sqrt 12), 2.8e-4 at side 64, where |F(0, 0)| is of order S^2 / 2.
 * @param packed target, written from `offset` on
 */
export const packPixels = (values: Float32Array, packed: Uint16Array, offset = 0): void => {
  for (let i = 0, at = offset; i < values.length; i++, at++) packed[at] = values[i] * packedLevels + 0.5;
};

/** Unpacks values to a new array. */
export const unpackPixels = (packed: Uint16Array): Float32Array =>
  Float32Array.from(packed, (value) => value / packedLevels);
