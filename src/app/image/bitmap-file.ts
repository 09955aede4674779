/** Pixels as a BMP file: a header before the unchanged bytes, which every browser decodes at once. */

const fileHeaderBytes = 14;
const infoHeaderBytes = 40;
const maskBytes = 12;

/** The number of bytes before the pixels. */
export const headerBytes = fileHeaderBytes + infoHeaderBytes + maskBytes;

/** Compression method of the info header: bit masks define the channels. */
const bitFields = 3;

/**
 * The header of a square image of 32 bits per pixel, RGBA in this order, rows from top to bottom; the fourth byte is ignored.
 * @param side in pixels
 */
export const bitmapHeader = (side: number): Uint8Array<ArrayBuffer> => {
  const header = new DataView(new ArrayBuffer(headerBytes));
  const pixelBytes = side * side * 4;
  header.setUint8(0, 'B'.charCodeAt(0));
  header.setUint8(1, 'M'.charCodeAt(0));
  header.setUint32(2, headerBytes + pixelBytes, true);
  header.setUint32(10, headerBytes, true);
  header.setUint32(14, infoHeaderBytes, true);
  header.setInt32(18, side, true);
  // A negative height means that the first row is the top one.
  header.setInt32(22, -side, true);
  header.setUint16(26, 1, true);
  header.setUint16(28, 32, true);
  header.setUint32(30, bitFields, true);
  header.setUint32(34, pixelBytes, true);
  for (const [channel, mask] of [0xff, 0xff00, 0xff0000].entries())
    header.setUint32(fileHeaderBytes + infoHeaderBytes + 4 * channel, mask, true);
  return new Uint8Array(header.buffer);
};
