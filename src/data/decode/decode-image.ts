/** Bytes of an image file to RGB, by what the bytes are. */
import { decodeInBrowser } from './browser-image.ts';
import type { DecodedImage } from './decoded-image.ts';
import { foreignFormat, imageFormat } from './format.ts';
import { decodePng, decodesPng } from './png.ts';
import { criticalChunks } from './png-chunks.ts';
import { unreadable } from './unreadable.ts';

/**
 * Decodes an image file: PNG here, JPEG, WebP and BMP by the browser.
 * @throws ResiduaError `unreadable-image` where it is empty, damaged, too large or in another format
 */
export const decodeImage = async (file: Blob): Promise<DecodedImage> => {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw unreadable('It could not be read from disk: it was moved, changed or is not allowed.', cause);
  }
  if (bytes.length === 0) throw unreadable('It is empty: 0 bytes.');
  const format = imageFormat(bytes);
  if (format === undefined) {
    const found = foreignFormat(bytes) ?? 'not an image, whatever its name says';
    throw unreadable(`It is ${found}: PNG, JPEG, WebP and BMP are read.`);
  }
  if (format !== 'png') return decodeInBrowser(bytes, format);
  const critical = criticalChunks(bytes);
  return decodesPng(critical) ? decodePng(critical) : decodeInBrowser(bytes, format);
};
