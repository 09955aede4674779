/** Reads the size that the header of a JPEG, WebP or BMP declares, before a decoder reserves memory for it. */
import type { BrowserFormat } from './format.ts';
import { unreadable } from './unreadable.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Markers of a JPEG without a length: TEM, RST0 to RST7 and SOI. */
const hasNoLength = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Frame headers SOF0 to SOF15, without DHT, JPG and DAC among them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const startOfScan = 0xda;

/** A segment of a JPEG: its marker, and where its content begins and ends. */
export interface JpegSegment {
  readonly marker: number;
  /** Of the marker's first byte, 0xff. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/** The segments of a JPEG before its first scan. Ends early at damage. */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1];
    // A marker may have any number of fill bytes before it.
    if (marker === 0xff) at += 1;
    else if (hasNoLength(marker)) at += 2;
    else {
      const end = at + 2 + view.getUint16(at + 2);
      if (marker === startOfScan || end > bytes.length || end < at + 4) return;
      yield { marker, start: at, content: at + 4, end };
      at = end;
    }
  }
}

const jpegSize = (bytes: Uint8Array, view: DataView): Size | undefined => {
  for (const { marker, content, end } of jpegSegments(bytes)) {
    if (isFrame(marker) && content + 5 <= end) {
      return { height: view.getUint16(content + 1), width: view.getUint16(content + 3) };
    }
  }
  return undefined;
};

const webpSize = (bytes: Uint8Array, view: DataView): Size | undefined => {
  if (bytes.length < 30) return undefined;
  const type = String.fromCharCode(...bytes.subarray(12, 16));
  const content = 20;
  if (type === 'VP8X') {
    const at = (offset: number): number => view.getUint16(offset, true) | (bytes[offset + 2] << 16);
    return { width: 1 + at(content + 4), height: 1 + at(content + 7) };
  }
  if (type === 'VP8 ') {
    return {
      width: view.getUint16(content + 6, true) & 0x3fff,
      height: view.getUint16(content + 8, true) & 0x3fff,
    };
  }
  if (type !== 'VP8L') return undefined;
  const bits = view.getUint32(content + 1, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
};

/** The smallest header, BITMAPCOREHEADER, has sides of 16 bits. */
const coreHeaderLength = 12;

const bmpSize = (bytes: Uint8Array, view: DataView): Size | undefined => {
  if (bytes.length < 26) return undefined;
  if (view.getUint32(14, true) === coreHeaderLength) {
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  }
  // A negative height means that rows go from top to bottom.
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
};

const readers = { jpeg: jpegSize, webp: webpSize, bmp: bmpSize } as const;

/**
 * Returns the size that a file declares.
 * @throws ResiduaError `unreadable-image` if its header is damaged
 */
export const declaredSize = (bytes: Uint8Array, format: BrowserFormat): Size => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = readers[format](bytes, view);
  if (!size) throw unreadable(`It is a damaged ${format.toUpperCase()}: its header has no size.`);
  return size;
};
