/** Which image format some bytes are, by their content: names lie. */

/** Formats that are decoded. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'bmp';

const textAt = (bytes: Uint8Array, start: number, text: string): boolean =>
  [...text].every((character, index) => bytes[start + index] === character.charCodeAt(0));

/** The format of an image file, or undefined where it is none of those decoded. */
export const imageFormat = (bytes: Uint8Array): ImageFormat | undefined => {
  if (textAt(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (textAt(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (textAt(bytes, 0, 'RIFF') && textAt(bytes, 8, 'WEBP')) return 'webp';
  if (textAt(bytes, 0, 'BM')) return 'bmp';
  return undefined;
};

/** Name of a format that is known but not decoded, for the message. */
export const foreignFormat = (bytes: Uint8Array): string | undefined => {
  if (textAt(bytes, 0, 'II*\0') || textAt(bytes, 0, 'MM\0*')) return 'a TIFF image';
  if (textAt(bytes, 0, 'GIF8')) return 'a GIF image';
  if (textAt(bytes, 4, 'ftypavif')) return 'an AVIF image';
  if (textAt(bytes, 4, 'ftyp')) return 'a HEIC image or a video';
  return undefined;
};
