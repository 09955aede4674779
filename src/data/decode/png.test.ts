import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { chunk, colorTypes, header, join, png, signature } from '../testing/png-bytes.ts';
import { decodePng, decodesPng } from './png.ts';
import { criticalChunks } from './png-chunks.ts';

const decodeBytes = (bytes: Uint8Array) => {
  const { pixels, ...image } = decodePng(criticalChunks(bytes));
  return { ...image, pixels: Array.from(pixels) };
};

describe('decoding PNG', () => {
  it('decodes 8-bit RGB unchanged', () => {
    const data = Uint8Array.from({ length: 5 * 3 * 3 }, (_, index) => index * 5);
    const bytes = encode({ width: 5, height: 3, data, channels: 3, depth: 8 });
    expect(decodeBytes(bytes)).toEqual({
      width: 5,
      height: 3,
      pixels: Array.from(data),
      transparent: false,
    });
  });

  it('replicates 8-bit gray to three channels', () => {
    const { pixels } = decodeBytes(
      png({ width: 2, depth: 8, type: 'gray' }, [
        [0, 255],
        [7, 128],
      ]),
    );
    expect(pixels).toEqual([0, 0, 0, 255, 255, 255, 7, 7, 7, 128, 128, 128]);
  });

  it('scales gray of 1, 2 and 4 bits to 0 to 255, with rows that start on whole bytes', () => {
    const gray = (pixels: number[]): number[] => pixels.filter((_, index) => index % 3 === 0);
    expect(
      gray(decodeBytes(png({ width: 3, depth: 1, type: 'gray' }, [[0b10100000], [0b01000000]])).pixels),
    ).toEqual([255, 0, 255, 0, 255, 0]);
    expect(
      gray(decodeBytes(png({ width: 5, depth: 2, type: 'gray' }, [[0b00011011, 0b01000000]])).pixels),
    ).toEqual([0, 85, 170, 255, 85]);
    expect(gray(decodeBytes(png({ width: 3, depth: 4, type: 'gray' }, [[0x0f, 0x80]])).pixels)).toEqual([
      0, 255, 136,
    ]);
  });

  it('rounds 16 bits to 8 by value / 257', () => {
    const words = [0, 128, 129, 32767, 65406, 65407, 65535];
    const rows = [words.flatMap((word) => [word >> 8, word & 255])];
    const { pixels } = decodeBytes(png({ width: 7, depth: 16, type: 'gray' }, rows));
    // 128.5 and 65406.5 are the first and the last midpoint between two bytes; 32767 / 257 = 127.498.
    expect(pixels.filter((_, index) => index % 3 === 0)).toEqual([0, 0, 1, 127, 254, 255, 255]);
    const color = decodeBytes(png({ width: 1, depth: 16, type: 'rgb' }, [[0, 129, 255, 255, 1, 1]]));
    expect(color.pixels).toEqual([1, 255, 1]);
  });

  it('composites alpha on black, and reports it', () => {
    expect(
      decodeBytes(png({ width: 2, depth: 8, type: 'rgba' }, [[200, 100, 51, 255, 200, 100, 51, 128]])),
    ).toMatchObject(
      // 200 * 128 / 255 = 100.39, 100 * 128 / 255 = 50.2, 51 * 128 / 255 = 25.6
      { pixels: [200, 100, 51, 100, 50, 26], transparent: true },
    );
    expect(decodeBytes(png({ width: 2, depth: 8, type: 'grayAlpha' }, [[200, 0, 90, 255]]))).toMatchObject({
      pixels: [0, 0, 0, 90, 90, 90],
      transparent: true,
    });
    expect(decodeBytes(png({ width: 1, depth: 16, type: 'grayAlpha' }, [[255, 255, 128, 0]])).pixels[0]).toBe(
      128,
    );
    expect(decodeBytes(png({ width: 1, depth: 8, type: 'rgba' }, [[1, 2, 3, 255]])).transparent).toBe(false);
  });

  it('looks up palettes at every depth, with the transparency of tRNS', () => {
    const palette = chunk('PLTE', Uint8Array.of(10, 20, 30, 200, 100, 50, 1, 2, 3));
    expect(decodeBytes(png({ width: 4, depth: 2, type: 'indexed' }, [[0b00011001]], palette))).toMatchObject({
      pixels: [10, 20, 30, 200, 100, 50, 1, 2, 3, 200, 100, 50],
      transparent: false,
    });
    const transparency = chunk('tRNS', Uint8Array.of(255, 51));
    expect(
      decodeBytes(png({ width: 2, depth: 8, type: 'indexed' }, [[1, 2]], palette, transparency)),
    ).toMatchObject({
      pixels: [40, 20, 10, 1, 2, 3],
      transparent: true,
    });
  });

  it('treats the color in tRNS as transparent', () => {
    const key = chunk('tRNS', Uint8Array.of(0, 9, 0, 8, 0, 7));
    const rows = [[9, 8, 7, 9, 8, 6, 0, 0, 0]];
    expect(decodeBytes(png({ width: 3, depth: 8, type: 'rgb' }, rows, key)).pixels).toEqual([
      0, 0, 0, 9, 8, 6, 0, 0, 0,
    ]);
  });

  it('ignores color profiles, gamma and text, even damaged', () => {
    const profile = chunk('iCCP', Uint8Array.of(65, 0, 9, 1, 2, 3));
    const gamma = chunk('gAMA', Uint8Array.of(0, 1, 0, 0));
    gamma[gamma.length - 1] ^= 1;
    const bytes = png({ width: 1, depth: 8, type: 'rgb' }, [[11, 22, 33]], profile, gamma);
    expect(decodeBytes(bytes).pixels).toEqual([11, 22, 33]);
  });

  it('decodes interlaced images of 8 bits, and leaves fewer bits to the browser', () => {
    const data = Uint8Array.from({ length: 9 * 7 * 3 }, (_, index) => (index * 37) & 255);
    const bytes = encode({ width: 9, height: 7, data, channels: 3, depth: 8 }, { interlace: 'Adam7' });
    expect(decodeBytes(bytes).pixels).toEqual(Array.from(data));
    const packed = join(signature, header(8, 8, 1, colorTypes.gray, 1), chunk('IEND', new Uint8Array(0)));
    expect(decodesPng(criticalChunks(packed))).toBe(false);
  });
});

describe('a PNG that cannot be read', () => {
  const whole = png({ width: 2, depth: 8, type: 'gray' }, [
    [1, 2],
    [3, 4],
  ]);

  it.each([9, 20, 40, whole.length - 1])('is rejected if it is truncated after %i bytes', (length) => {
    expect(() => decodeBytes(whole.subarray(0, length))).toThrow(/truncated PNG/);
  });

  it('is rejected if a byte of its data is wrong', () => {
    const damaged = Uint8Array.from(whole);
    damaged[45] ^= 0x10;
    expect(() => decodeBytes(damaged)).toThrow('the checksum of its IDAT chunk is wrong');
  });

  it('is rejected if its data are too short, or no zlib stream', () => {
    expect(() =>
      decodeBytes(
        join(
          signature,
          header(4, 4, 8, colorTypes.gray),
          chunk('IDAT', deflateSync(Uint8Array.of(0, 1, 2, 3, 4))),
          chunk('IEND', new Uint8Array(0)),
        ),
      ),
    ).toThrow(/damaged PNG/);
    expect(() =>
      decodeBytes(
        join(
          signature,
          header(1, 1, 8, 0),
          chunk('IDAT', Uint8Array.of(1, 2, 3)),
          chunk('IEND', new Uint8Array(0)),
        ),
      ),
    ).toThrow(/damaged PNG/);
  });

  it('is rejected if it uses a color that its palette lacks', () => {
    const bytes = png({ width: 1, depth: 8, type: 'indexed' }, [[3]], chunk('PLTE', Uint8Array.of(1, 2, 3)));
    expect(() => decodeBytes(bytes)).toThrow('color 3 of a palette of 1');
  });

  it('is rejected above 64 megapixels before anything is decompressed', () => {
    const bytes = join(signature, header(8001, 8000, 8, colorTypes.rgb), chunk('IEND', new Uint8Array(0)));
    expect(() => criticalChunks(bytes)).toThrow('8001 x 8000 pixels, expected at most 64 megapixels');
  });
});
