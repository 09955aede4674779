/** Builds PNG files of any color type and depth for tests in Node. */
import { deflateSync } from 'node:zlib';
import { crc32 } from '#core/crc32.ts';

/** Color types in the PNG header. */
export const colorTypes = { gray: 0, rgb: 2, indexed: 3, grayAlpha: 4, rgba: 6 } as const;

/** A chunk with its length and checksum. */
export const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index++) bytes[4 + index] = type.charCodeAt(index);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
};

/** Concatenates the parts of a file. */
export const join = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** The first bytes of every PNG. */
export const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** The IHDR chunk. */
export const header = (
  width: number,
  height: number,
  depth: number,
  colorType: number,
  interlace = 0,
): Uint8Array => {
  const data = new Uint8Array(13);
  new DataView(data.buffer).setUint32(0, width);
  new DataView(data.buffer).setUint32(4, height);
  data.set([depth, colorType, 0, 0, interlace], 8);
  return chunk('IHDR', data);
};

/** Builds a PNG from rows of packed bytes without filters; `extra` are chunks before its data. */
export const png = (
  { width, depth, type }: { width: number; depth: number; type: keyof typeof colorTypes },
  rows: readonly (readonly number[])[],
  ...extra: readonly Uint8Array[]
): Uint8Array<ArrayBuffer> =>
  join(
    signature,
    header(width, rows.length, depth, colorTypes[type]),
    ...extra,
    chunk('IDAT', deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])))),
    chunk('IEND', new Uint8Array(0)),
  );
