/** Checks the critical chunks of a PNG, and drops the others, such as color profiles. */
import { crc32 } from './crc32.ts';
import { checkSize, unreadable } from './unreadable.ts';

/** A PNG reduced to the chunks that determine its pixels. */
export interface CriticalPng {
  readonly width: number;
  readonly height: number;
  /** Bits per value: 1, 2, 4, 8 or 16. */
  readonly bitDepth: number;
  /** Whether values are indices into the palette. */
  readonly indexed: boolean;
  readonly interlaced: boolean;
  /** Signature, IHDR, PLTE, tRNS, IDAT, IEND. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const signatureLength = 8;
/** Length, type and checksum of a chunk. */
const chunkOverhead = 12;
const indexedColorType = 3;
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/**
 * Walks the chunks of a PNG and retains the critical ones. Text, profiles and the like are neither checked nor retained: they
 * do not change the pixels, and damage to them must not cost an image.
 * @param bytes a file that starts with the PNG signature
 * @param options.transparency false also drops tRNS: all colors are opaque, except those with an alpha channel
 * @throws ResiduaError `unreadable-image` if the file is truncated, a checksum is wrong, or the image is too large
 */
export const criticalChunks = (bytes: Uint8Array, { transparency = true } = {}): CriticalPng => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.subarray(0, signatureLength)];
  let header: Omit<CriticalPng, 'bytes'> | undefined;
  for (let offset = signatureLength; ; ) {
    if (offset + chunkOverhead > bytes.length) throw unreadable('It is a truncated PNG.');
    const length = view.getUint32(offset);
    const end = offset + chunkOverhead + length;
    if (end > bytes.length) throw unreadable('It is a truncated PNG.');
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    if (kept.has(type) && (transparency || type !== 'tRNS')) {
      if (crc32(bytes.subarray(offset + 4, end - 4)) !== view.getUint32(end - 4)) {
        throw unreadable(`It is a damaged PNG: the checksum of its ${type} chunk is wrong.`);
      }
      parts.push(bytes.subarray(offset, end));
    }
    if (type === 'IHDR') {
      header = {
        width: view.getUint32(offset + 8),
        height: view.getUint32(offset + 12),
        bitDepth: bytes[offset + 16],
        indexed: bytes[offset + 17] === indexedColorType,
        interlaced: bytes[offset + 20] !== 0,
      };
      checkSize(header.width, header.height);
    }
    if (type === 'IEND') break;
    offset = end;
  }
  if (header === undefined) throw unreadable('It is a damaged PNG: it has no header.');
  const critical = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let position = 0;
  for (const part of parts) {
    critical.set(part, position);
    position += part.length;
  }
  return { ...header, bytes: critical };
};
