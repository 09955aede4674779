/** The header of a BMP file. */
import { describe, expect, it } from 'vitest';
import { bitmapHeader, headerBytes } from './bitmap-file.ts';

describe('the header', () => {
  it('says where the pixels begin, how large the file is, and which byte is which channel', () => {
    const bytes = bitmapHeader(96);
    const header = new DataView(bytes.buffer);
    // 14 bytes of the file's header, 40 of the image's, 3 masks of 4: the pixels begin at 66.
    expect([bytes.length, headerBytes, header.getUint32(10, true)]).toEqual([66, 66, 66]);
    expect(String.fromCharCode(...bytes.subarray(0, 2))).toBe('BM');
    expect(header.getUint32(2, true)).toBe(66 + 96 * 96 * 4);
    expect([header.getInt32(18, true), header.getInt32(22, true)]).toEqual([96, -96]);
    // Red is the first byte of a pixel, which a little-endian number has lowest.
    expect([54, 58, 62].map((offset) => header.getUint32(offset, true))).toEqual([0xff, 0xff00, 0xff0000]);
  });
});
