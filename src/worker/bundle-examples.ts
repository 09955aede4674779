/** Test images for a bundle, with what the last evaluation made of them. */
import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { picturesOfImage } from '#core/tiles.ts';
import type { Example } from '#io/bundle/example-parts.ts';
import type { BundleRequest } from './protocol.ts';

/** All values of some arrays, one after the other. */
const joined = <A extends Uint8Array | Float32Array>(arrays: readonly A[], all: A): A => {
  let end = 0;
  for (const array of arrays) {
    all.set(array, end);
    end += array.length;
  }
  return all;
};

/**
 * Returns the wanted images with all pictures of each, in new arrays; images without a reconstruction are left out.
 * @param reconstructions by the picture's index, [S, S, 3] each
 */
export const bundleExamples = (
  images: ImageSet,
  reconstructions: ReadonlyMap<number, { readonly pixels: Float32Array }>,
  wanted: BundleRequest['examples'],
): readonly Example[] =>
  wanted.flatMap(({ index, file }) => {
    const pictures = picturesOfImage(images.samples, index);
    const found = pictures.flatMap((picture) => reconstructions.get(picture)?.pixels ?? []);
    const path = images.samples[pictures[0] ?? -1]?.path;
    if (path === undefined || found.length < pictures.length) return [];
    const bytes = pictures.map((picture) => imageBytes(images, picture));
    const length = pictures.length * 3 * images.side ** 2;
    return [
      {
        path,
        file,
        pixels: joined(bytes, new Uint8Array(length)),
        reconstruction: joined(found, new Float32Array(length)),
      },
    ];
  });
