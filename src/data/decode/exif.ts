/** The orientation in a JPEG's EXIF data, and the JPEG without it: browsers rotate by it, Pillow and anomalib do not. */
import { type JpegSegment, jpegSegments } from './declared-size.ts';

const app1 = 0xe1;
const orientationTag = 0x0112;
const signature = [0x45, 0x78, 0x69, 0x66, 0, 0];

const isExif = (bytes: Uint8Array, { marker, content, end }: JpegSegment): boolean =>
  marker === app1 &&
  content + signature.length <= end &&
  signature.every((byte, index) => bytes[content + index] === byte);

/** Reads the orientation from TIFF data; undefined if it is damaged or has none. */
const orientationIn = (tiff: Uint8Array): number | undefined => {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 14) return undefined;
  const isLittleEndian = tiff[0] === 0x49;
  const directory = view.getUint32(4, isLittleEndian);
  if (directory + 2 > tiff.length) return undefined;
  const entries = view.getUint16(directory, isLittleEndian);
  for (let entry = 0, at = directory + 2; entry < entries && at + 12 <= tiff.length; entry++, at += 12) {
    if (view.getUint16(at, isLittleEndian) === orientationTag) return view.getUint16(at + 8, isLittleEndian);
  }
  return undefined;
};

export interface UnrotatedJpeg {
  /** The file without its EXIF segments; the file itself if it has none. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether its EXIF data asks for a rotation or reflection. */
  readonly rotated: boolean;
}

/** Removes EXIF data, so that a browser decodes the pixels as they are stored. */
export const withoutExif = (bytes: Uint8Array<ArrayBuffer>): UnrotatedJpeg => {
  const exif = [...jpegSegments(bytes)].filter((segment) => isExif(bytes, segment));
  if (exif.length === 0) return { bytes, rotated: false };
  const orientations = exif.map(({ content, end }) =>
    orientationIn(bytes.subarray(content + signature.length, end)),
  );
  const starts = [0, ...exif.map(({ end }) => end)];
  const ends = [...exif.map(({ start }) => start), bytes.length];
  const parts = starts.map((start, index) => bytes.subarray(start, ends[index]));
  const rest = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    rest.set(part, at);
    at += part.length;
  }
  return {
    bytes: rest,
    rotated: orientations.some(
      (orientation) => orientation !== undefined && orientation >= 2 && orientation <= 8,
    ),
  };
};
