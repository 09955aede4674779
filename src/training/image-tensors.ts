/** Images of a decoded category as tensors: the only place where bytes become floats. */
import * as tf from '@tensorflow/tfjs-core';
import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';

/** Each byte as a float32 in [0, 1]. */
const floatOfByte = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/**
 * Writes the images with these indices one after the other into an array of floats in [0, 1].
 * @param values [n, S, S, 3], as many images as there are indices
 */
export const fillImages = (images: ImageSet, indices: readonly number[], values: Float32Array): void => {
  const length = images.side * images.side * 3;
  for (const [row, index] of indices.entries()) {
    const bytes = imageBytes(images, index);
    for (let i = 0, at = row * length; i < length; i++, at++) values[at] = floatOfByte[bytes[i]!]!;
  }
};

/** The images with these indices as one tensor, [n, S, S, 3] in [0, 1]. The caller disposes it. */
export const imageBatch = (images: ImageSet, indices: readonly number[]): tf.Tensor4D => {
  const { side } = images;
  const values = new Float32Array(indices.length * side * side * 3);
  fillImages(images, indices, values);
  return tf.tensor4d(values, [indices.length, side, side, 3]);
};

/** Cuts a list of indices into runs of at most `size`. */
export const chunked = (indices: readonly number[], size: number): number[][] => {
  const chunks: number[][] = [];
  for (let i = 0; i < indices.length; i += size) chunks.push(indices.slice(i, i + size));
  return chunks;
};

/** Pads a list of indices to `size` with its last one. */
export const padded = (indices: readonly number[], size: number): readonly number[] => [
  ...indices,
  ...Array.from({ length: size - indices.length }, () => indices.at(-1)!),
];

/** The images with these indices in batches of at most `size`; each is disposed of after its use. */
export function* imageBatches(
  images: ImageSet,
  indices: readonly number[],
  size: number,
  afterUse: () => void,
): Generator<tf.Tensor4D> {
  for (const chunk of chunked(indices, size)) {
    const batch = imageBatch(images, chunk);
    try {
      yield batch;
    } finally {
      batch.dispose();
      afterUse();
    }
  }
}
