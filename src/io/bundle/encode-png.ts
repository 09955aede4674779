/** Encodes RGB bytes as a PNG. */

import { zlibSync } from 'fflate';
import { crc32 } from '#core/crc32.ts';
import { joinBytes } from '#core/join-bytes.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Length, type, data, and the checksum of type and data. */
const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
};

/**
 * @param pixels RGB bytes, [height, width, 3]
 * @returns a PNG with 8 bits per channel, without filters; a new array
 */
export const encodePng = (pixels: Uint8Array, width: number): Uint8Array<ArrayBuffer> => {
  const rowBytes = 3 * width;
  const height = pixels.length / rowBytes;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // 8 bits, RGB; compression, filter and interlacing have one value each.
  header.set([8, 2, 0, 0, 0], 8);
  const rows = new Uint8Array(height * (rowBytes + 1));
  for (let row = 0; row < height; row++) {
    rows.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return joinBytes([
    Uint8Array.from(signature),
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(rows)),
    chunk('IEND', new Uint8Array(0)),
  ]);
};
