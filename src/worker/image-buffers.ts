/** The memory of image sets for workers: shared if the page may share memory, otherwise transferred or copied. */
import type { ImageSet } from '#core/dataset.ts';

/** The buffers of an image set that can be transferred to a worker. Shared memory is not transferred. */
export const transferableBuffers = ({ pixels, masks }: ImageSet): ArrayBuffer[] =>
  [pixels.buffer, masks.buffer].filter((buffer) => buffer instanceof ArrayBuffer);

const forAnother = (bytes: Uint8Array): Uint8Array =>
  bytes.buffer instanceof ArrayBuffer ? bytes.slice() : bytes;

/** The same images for a second worker: in the same memory if it is shared, otherwise copies. */
export const imagesForAnother = (images: ImageSet): ImageSet => ({
  ...images,
  pixels: forAnother(images.pixels),
  masks: forAnother(images.masks),
});
