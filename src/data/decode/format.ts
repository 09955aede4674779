/** Detects the format of an image file by its content, because names can be wrong. */

/** Supported formats. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'bmp' | 'tiff';

/** The formats that browsers decode. */
export type BrowserFormat = Exclude<ImageFormat, 'png' | 'tiff'>;

const textAt = (bytes: Uint8Array, start: number, text: string): boolean =>
  [...text].every((character, index) => bytes[start + index] === character.charCodeAt(0));

/** The format of an image file; undefined if it is unsupported. */
export const imageFormat = (bytes: Uint8Array): ImageFormat | undefined => {
  if (textAt(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (textAt(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (textAt(bytes, 0, 'RIFF') && textAt(bytes, 8, 'WEBP')) return 'webp';
  if (textAt(bytes, 0, 'BM')) return 'bmp';
  if (textAt(bytes, 0, 'II*\0') || textAt(bytes, 0, 'MM\0*')) return 'tiff';
  return undefined;
};

/** Whether a WebP file is lossless: its first image is in a VP8L chunk. */
const isLosslessWebp = (bytes: Uint8Array): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunkHeader = 8;
  for (let chunk = 12; chunk + chunkHeader <= bytes.length; ) {
    if (textAt(bytes, chunk, 'VP8L')) return true;
    if (textAt(bytes, chunk, 'VP8 ')) return false;
    const length = view.getUint32(chunk + 4, true);
    // Chunks are padded to an even length.
    chunk += chunkHeader + length + (length % 2);
  }
  return false;
};

/** Whether an image file is lossless. */
export const isLossless = (bytes: Uint8Array, format: ImageFormat): boolean =>
  format === 'webp' ? isLosslessWebp(bytes) : format !== 'jpeg';

/** Name of a known but unsupported format, for the message. */
export const foreignFormat = (bytes: Uint8Array): string | undefined => {
  if (textAt(bytes, 0, 'II+\0') || textAt(bytes, 0, 'MM\0+')) return 'a BigTIFF image';
  if (textAt(bytes, 0, 'GIF8')) return 'a GIF image';
  if (textAt(bytes, 4, 'ftypavif')) return 'an AVIF image';
  if (textAt(bytes, 4, 'ftyp')) return 'a HEIC image or a video';
  return undefined;
};
