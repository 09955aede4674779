/** Access to single images and masks of a decoded category. */
import type { ImageSet } from './dataset.ts';

/** Bytes of one image, [S, S, 3]; a view into the set, not a copy. */
export const imageBytes = (images: ImageSet, index: number): Uint8Array => {
  const length = images.side * images.side * 3;
  return images.pixels.subarray(index * length, (index + 1) * length);
};

/** One image as floats in [0, 1], [S, S, 3]. */
export const imageFloats = (images: ImageSet, index: number): Float32Array =>
  Float32Array.from(imageBytes(images, index), (value) => value / 255);

/** The mask of one image, [S, S] of 0 or 1; undefined if it has none. A view, not a copy. */
export const imageMask = (images: ImageSet, index: number): Uint8Array | undefined => {
  if (!images.samples[index].hasMask) return undefined;
  let position = 0;
  for (let i = 0; i < index; i++) if (images.samples[i].hasMask) position++;
  const length = images.side * images.side;
  return images.masks.subarray(position * length, (position + 1) * length);
};
