/** The fingerprint of an image set: a checksum of each decoded image, in order. */
import { crc32 } from '../crc32.ts';
import type { ImageSet } from '../dataset.ts';
import { ResiduaError } from '../errors.ts';
import { excerpt } from '../excerpt.ts';
import { imageBytes } from '../image-bytes.ts';

/** Identifies decoded images and their order: a different pixel, path or place gives another fingerprint. */
export interface ImageChecksums {
  /** Path of each sample. */
  readonly paths: readonly string[];
  /** CRC-32 of each sample's RGB bytes at the side of the run. */
  readonly checksums: readonly number[];
}

const known = new WeakMap<ImageSet, ImageChecksums>();

/** The checksums of all samples, cached for the image set. */
export const imageChecksums = (images: ImageSet): ImageChecksums => {
  const before = known.get(images);
  if (before) return before;
  const checksums = {
    paths: images.samples.map(({ path }) => path),
    checksums: images.samples.map((_, index) => crc32(imageBytes(images, index))),
  };
  known.set(images, checksums);
  return checksums;
};

const otherImages = (difference: string): ResiduaError =>
  new ResiduaError(
    'other-images',
    `The checkpoint belongs to other images than the loaded ones: ${difference}.`,
    'Load the images that the run was trained on, then resume it.',
  );

/**
 * Checks that loaded images are those of a checkpoint, in the same order.
 * @throws ResiduaError `other-images`, naming the first difference
 */
export const requireSameImages = (ofCheckpoint: ImageChecksums, loaded: ImageChecksums): void => {
  const counts = [ofCheckpoint.paths.length, loaded.paths.length];
  if (counts[0] !== counts[1]) throw otherImages(`it has ${counts[0]}, and ${counts[1]} are loaded`);
  for (const [index, path] of ofCheckpoint.paths.entries()) {
    const other = loaded.paths[index]!;
    if (other !== path) {
      throw otherImages(`image ${index + 1} is ${excerpt(path)}, and ${excerpt(other)} is loaded`);
    }
    if (ofCheckpoint.checksums[index] !== loaded.checksums[index]) {
      throw otherImages(`${excerpt(path)} has other pixels`);
    }
  }
};
