/** Decodes the bytes of an image file to RGB, by their actual format. */
import { decodeInBrowser } from './browser-image.ts';
import type { DecodedImage } from './decoded-image.ts';
import { decodePng } from './png.ts';
import { readPngChunks } from './png-chunks.ts';
import { readImageFile } from './read-image-file.ts';

/**
 * Decodes an image file: PNG by our decoder, TIFF by a library; JPEG, WebP and BMP by the browser.
 * @throws ResiduaError `unreadable-image` if it is empty, damaged, too large or in another format
 */
export const decodeImage = async (file: Blob): Promise<DecodedImage> => {
  const { bytes, format } = await readImageFile(file);
  if (format === 'tiff') return (await import('./tiff.ts')).decodeTiff(bytes);
  return format === 'png' ? decodePng(readPngChunks(bytes)) : decodeInBrowser(bytes, format);
};
