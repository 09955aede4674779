/**
 * Writes a plane of float32 numbers as a baseline TIFF: little-endian, one strip, uncompressed. Of the libraries on npm, `tiff` and
 * `utif` write no float32, and `geotiff` marks every file as a map of the Earth.
 */

/** Types of a field's values. */
const short = 3;
const long = 4;

const ieeeFloat = 3;
const blackIsZero = 1;
const uncompressed = 1;

const headerBytes = 8;
const fieldBytes = 12;

/** @returns a new array */
export const encodeFloatTiff = (
  values: Float32Array,
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> => {
  // Tag, type, value; in ascending order, as the format demands. The strip's offset is known once they are counted.
  const fieldsWith = (offset: number): readonly (readonly [number, number, number])[] => [
    [256, long, width],
    [257, long, height],
    [258, short, 32],
    [259, short, uncompressed],
    [262, short, blackIsZero],
    [273, long, offset],
    [277, short, 1],
    [278, long, height],
    [279, long, values.byteLength],
    [339, short, ieeeFloat],
  ];
  const count = fieldsWith(0).length;
  // Count, fields, and the offset of the next directory, which does not exist; padded so that the numbers are aligned.
  const offset = Math.ceil((headerBytes + 2 + count * fieldBytes + 4) / 4) * 4;
  const file = new Uint8Array(offset + values.byteLength);
  const view = new DataView(file.buffer);
  view.setUint16(0, 0x4949);
  view.setUint16(2, 42, true);
  view.setUint32(4, headerBytes, true);
  view.setUint16(headerBytes, count, true);
  for (const [index, [tag, type, value]] of fieldsWith(offset).entries()) {
    const at = headerBytes + 2 + index * fieldBytes;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, 1, true);
    if (type === short) view.setUint16(at + 8, value, true);
    else view.setUint32(at + 8, value, true);
  }
  new Float32Array(file.buffer, offset).set(values);
  return file;
};
