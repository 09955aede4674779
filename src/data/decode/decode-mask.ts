/** Decodes a mask file to marks. Only the color decides: alpha, and colors declared transparent, are ignored. */
import type { Mask } from '../resize/resize-mask.ts';
import { readInBrowser } from './browser-image.ts';
import { isLossless } from './format.ts';
import { readPng } from './png.ts';
import { readPngChunks } from './png-chunks.ts';
import { readImageFile } from './read-image-file.ts';

/** Lossy formats blur the edges of a mask, so they need a threshold on 8-bit values. */
const lossyThreshold = 128;
/** Lossless formats can have labels as small as 1, in 8 bits or 16. */
const losslessThreshold = 1;

/**
 * @param values colors of 1 or 3 channels in sequence, each followed by its alpha if `channels` is 2 or 4
 * @returns 1 where any color channel reaches the threshold, [values.length / channels]
 */
const marksOf = (values: ArrayLike<number>, channels: number, threshold: number): Uint8Array => {
  const colors = channels < 3 ? 1 : 3;
  const marks = new Uint8Array(values.length / channels);
  for (let pixel = 0; pixel < marks.length; pixel++) {
    const source = pixel * channels;
    for (let color = 0; color < colors; color++) {
      if (values[source + color] >= threshold) marks[pixel] = 1;
    }
  }
  return marks;
};

/**
 * Decodes a mask. Every pixel that is not black is marked, at any bit depth and any alpha. In a lossy format (JPEG, lossy
 * WebP) a pixel needs a value of at least 128. Browsers drop the color of fully transparent pixels, so those of WebP and BMP
 * are not marked; PNG has no such limit.
 * @throws ResiduaError `unreadable-image` if the file is empty, damaged, too large or in another format
 */
export const decodeMask = async (file: Blob): Promise<Mask> => {
  const { bytes, format } = await readImageFile(file);
  if (format === 'png') {
    const png = readPngChunks(bytes);
    const { values, channels } = readPng(png, { transparency: false });
    return { width: png.width, height: png.height, pixels: marksOf(values, channels, losslessThreshold) };
  }
  if (format === 'tiff') {
    const { readTiff } = await import('./tiff.ts');
    const { width, height, channels } = readTiff(bytes);
    return { width, height, pixels: marksOf(channels.values, channels.channels, losslessThreshold) };
  }
  const { width, height, rgba } = await readInBrowser(bytes, format);
  const threshold = isLossless(bytes, format) ? losslessThreshold : lossyThreshold;
  return { width, height, pixels: marksOf(rgba, 4, threshold) };
};
