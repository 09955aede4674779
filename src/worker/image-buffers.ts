/** The memory of image sets as workers are given it: shared where the page may share memory, else moved or copied. */
import type { ImageSet } from '#core/dataset.ts';

/** Buffers of an image set that move to a worker; memory that is shared stays where it is. */
export const transferableBuffers = ({ pixels, masks }: ImageSet): ArrayBuffer[] =>
  [pixels.buffer, masks.buffer].filter((buffer) => buffer instanceof ArrayBuffer);

const forAnother = (bytes: Uint8Array): Uint8Array =>
  bytes.buffer instanceof ArrayBuffer ? bytes.slice() : bytes;

/** The same images for a second worker: on the same memory where it is shared, else copies. */
export const imagesForAnother = (images: ImageSet): ImageSet => ({
  ...images,
  pixels: forAnother(images.pixels),
  masks: forAnother(images.masks),
});
