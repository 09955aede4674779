import { describe, expect, it } from 'vitest';
import { join } from '../testing/png-bytes.ts';
import { declaredSize } from './declared-size.ts';
import { withoutExif } from './exif.ts';

const bytes = (...values: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);
const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);

const segment = (marker: number, ...content: readonly number[]): Uint8Array =>
  bytes(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content);

/** 65,500 x 300 pixels. */
const frame = [8, 1, 0x2c, 0xff, 0xdc, 3, 1, 0x11, 0];
const start = bytes(0xff, 0xd8);
const scan = segment(0xda, 1, 1, 0, 0, 63, 0);

/** EXIF data of one entry: the orientation. */
const exif = (orientation: number, isLittleEndian: boolean): Uint8Array => {
  const word = (value: number): number[] => (isLittleEndian ? [value, 0] : [0, value]);
  const long = (value: number): number[] => (isLittleEndian ? [value, 0, 0, 0] : [0, 0, 0, value]);
  const order = isLittleEndian ? [0x49, 0x49] : [0x4d, 0x4d];
  const tag = isLittleEndian ? [0x12, 0x01] : [0x01, 0x12];
  const entry = [...tag, ...word(3), ...long(1), ...word(orientation), 0, 0];
  return segment(
    0xe1,
    ...text('Exif\0\0'),
    ...order,
    ...word(42),
    ...long(8),
    ...word(1),
    ...entry,
    ...long(0),
  );
};

describe('the size that a header declares', () => {
  it('is that of the frame of a JPEG, after other segments and fill bytes', () => {
    const jpeg = join(
      start,
      segment(0xe0, 1, 2, 3),
      segment(0xc4, 9, 9, 9, 9, 9),
      bytes(0xff, 0xff),
      segment(0xc2, ...frame).subarray(1),
      scan,
    );
    expect(declaredSize(jpeg, 'jpeg')).toEqual({ width: 65500, height: 300 });
  });

  it.each([
    ['ends before its frame', join(start, segment(0xe0, 1, 2, 3))],
    ['has a scan before its frame', join(start, scan, segment(0xc0, ...frame))],
    ['has a segment that is longer than the file', join(start, bytes(0xff, 0xc0, 0xff, 0xff, ...frame))],
    ['has a segment of no length', join(start, bytes(0xff, 0xe0, 0, 0), segment(0xc0, ...frame))],
    ['has no marker where one belongs', join(start, bytes(1, 2, 3, 4), segment(0xc0, ...frame))],
  ])('is missing if a JPEG %s', (_, jpeg) => {
    expect(() => declaredSize(jpeg, 'jpeg')).toThrow('It is a damaged JPEG: its header has no size.');
  });

  it('is that of a WebP of each kind', () => {
    const webp = (type: string, ...content: readonly number[]) =>
      join(text(`RIFF....WEBP${type}`), bytes(0, 0, 0, 0), bytes(...content), new Uint8Array(12));
    expect(declaredSize(webp('VP8X', 0, 0, 0, 0, 0xff, 0xff, 0, 2, 0, 1), 'webp')).toEqual({
      width: 65536,
      height: 65539,
    });
    // The two highest bits of a VP8 size are a scale.
    expect(declaredSize(webp('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, 5, 0x40, 7, 0x80), 'webp')).toEqual({
      width: 5,
      height: 7,
    });
    // 14 bits of width - 1, then 14 of height - 1.
    expect(declaredSize(webp('VP8L', 0x2f, 2, 0x40, 0, 0), 'webp')).toEqual({ width: 3, height: 2 });
    expect(() => declaredSize(webp('ANIM', 0), 'webp')).toThrow('It is a damaged WEBP');
    expect(() => declaredSize(text('RIFF....WEBPVP8 '), 'webp')).toThrow('It is a damaged WEBP');
  });

  it('is that of a BMP, with rows in either order, and with the old header', () => {
    const bmp = (...header: readonly number[]) =>
      join(text('BM'), new Uint8Array(12), bytes(...header), new Uint8Array(30));
    expect(declaredSize(bmp(40, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0), 'bmp')).toEqual({ width: 3, height: 2 });
    expect(declaredSize(bmp(40, 0, 0, 0, 3, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff), 'bmp')).toEqual({
      width: 3,
      height: 2,
    });
    expect(declaredSize(bmp(12, 0, 0, 0, 4, 1, 5, 0), 'bmp')).toEqual({ width: 260, height: 5 });
    expect(() => declaredSize(text('BM'), 'bmp')).toThrow('It is a damaged BMP');
  });
});

describe('EXIF data', () => {
  const rest = join(segment(0xe0, 1, 2), segment(0xc0, ...frame), scan, bytes(1, 2, 3));

  it.each([true, false])('is removed, and its rotation is reported (little endian: %s)', (isLittleEndian) => {
    const jpeg = join(start, exif(6, isLittleEndian), rest);
    expect(withoutExif(jpeg)).toEqual({ bytes: join(start, rest), rotated: true });
  });

  it('is no rotation if its orientation is 1, unknown or damaged', () => {
    for (const orientation of [0, 1, 9]) {
      expect(withoutExif(join(start, exif(orientation, true), rest)).rotated).toBe(false);
    }
    const cut = segment(0xe1, ...text('Exif\0\0'), 0x49, 0x49, 42, 0, 8, 0, 0, 0);
    expect(withoutExif(join(start, cut, rest))).toEqual({ bytes: join(start, rest), rotated: false });
  });

  it('is not what another APP1 segment holds', () => {
    const jpeg = join(start, segment(0xe1, ...text('http://ns.adobe.com/xap/1.0/\0')), rest);
    expect(withoutExif(jpeg)).toEqual({ bytes: jpeg, rotated: false });
  });
});
