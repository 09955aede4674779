/** Reads an image file and detects its format. */
import { foreignFormat, type ImageFormat, imageFormat } from './format.ts';
import { unreadable } from './unreadable.ts';

/**
 * Returns the bytes of an image file, and their format by content.
 * @throws ResiduaError `unreadable-image` if it is empty, cannot be read or is in another format
 */
export const readImageFile = async (
  file: Blob,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly format: ImageFormat }> => {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw unreadable('It could not be read from disk: it was moved or changed, or access is denied.', cause);
  }
  if (bytes.length === 0) throw unreadable('It is empty: 0 bytes.');
  const format = imageFormat(bytes);
  if (format === undefined) {
    const found = foreignFormat(bytes) ?? 'not an image, whatever its name says';
    throw unreadable(`It is ${found}: only PNG, JPEG, WebP, BMP and TIFF are supported.`);
  }
  return { bytes, format };
};
