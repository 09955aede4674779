import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { chunk, png } from '../testing/png-bytes.ts';
import { decodeMask } from './decode-mask.ts';
import { isLossless } from './format.ts';

const marksOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<number[]> =>
  Array.from((await decodeMask(new Blob([bytes]))).pixels);

/** 16-bit values as the bytes of a row. */
const words = (...values: readonly number[]): number[] =>
  values.flatMap((value) => [value >> 8, value & 255]);

describe('decoding a mask', () => {
  it('preserves width, height and the order of rows', async () => {
    const bytes = png({ width: 3, depth: 8, type: 'gray' }, [
      [0, 1, 0],
      [255, 0, 0],
    ]);
    expect(await decodeMask(new Blob([bytes]))).toEqual({
      width: 3,
      height: 2,
      pixels: Uint8Array.of(0, 1, 0, 1, 0, 0),
    });
  });

  it('marks every nonzero value of 1, 2, 4, 8 and 16 bits', async () => {
    expect(await marksOf(png({ width: 3, depth: 1, type: 'gray' }, [[0b01000000]]))).toEqual([0, 1, 0]);
    expect(await marksOf(png({ width: 3, depth: 2, type: 'gray' }, [[0b00011000]]))).toEqual([0, 1, 1]);
    expect(await marksOf(png({ width: 3, depth: 4, type: 'gray' }, [[0x01, 0xf0]]))).toEqual([0, 1, 1]);
    expect(await marksOf(png({ width: 3, depth: 8, type: 'gray' }, [[0, 1, 128]]))).toEqual([0, 1, 1]);
    // 1 to 128 round to 0 in 8 bits.
    const labels = words(0, 1, 128, 129, 256, 65535);
    expect(await marksOf(png({ width: 6, depth: 16, type: 'gray' }, [labels]))).toEqual([0, 1, 1, 1, 1, 1]);
  });

  it('marks pixels with a nonzero RGB channel, of 8 and 16 bits', async () => {
    const rows = [[0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]];
    expect(await marksOf(png({ width: 4, depth: 8, type: 'rgb' }, rows))).toEqual([0, 1, 1, 1]);
    const wide = [words(0, 0, 0, 0, 0, 1)];
    expect(await marksOf(png({ width: 2, depth: 16, type: 'rgb' }, wide))).toEqual([0, 1]);
  });

  it('ignores alpha: fully transparent white is marked, opaque black is not', async () => {
    const rgba = [[255, 255, 255, 0, 0, 0, 0, 255, 1, 0, 0, 1, 0, 0, 0, 0]];
    expect(await marksOf(png({ width: 4, depth: 8, type: 'rgba' }, rgba))).toEqual([1, 0, 1, 0]);
    const grayAlpha = [[255, 0, 0, 255, 1, 128]];
    expect(await marksOf(png({ width: 3, depth: 8, type: 'grayAlpha' }, grayAlpha))).toEqual([1, 0, 1]);
    const wide = [words(1, 0, 0, 65535)];
    expect(await marksOf(png({ width: 2, depth: 16, type: 'grayAlpha' }, wide))).toEqual([1, 0]);
    const wideColor = [words(0, 1, 0, 0, 0, 0, 0, 65535)];
    expect(await marksOf(png({ width: 2, depth: 16, type: 'rgba' }, wideColor))).toEqual([1, 0]);
  });

  it('ignores the color that tRNS declares transparent', async () => {
    const gray = chunk('tRNS', Uint8Array.of(0, 255));
    expect(await marksOf(png({ width: 2, depth: 8, type: 'gray' }, [[0, 255]], gray))).toEqual([0, 1]);
    const white = chunk('tRNS', Uint8Array.of(0, 255, 0, 255, 0, 255));
    const rows = [[255, 255, 255, 0, 0, 0]];
    expect(await marksOf(png({ width: 2, depth: 8, type: 'rgb' }, rows, white))).toEqual([1, 0]);
  });

  it('looks up palettes: the color decides, not the index or its transparency', async () => {
    const palette = chunk('PLTE', Uint8Array.of(255, 255, 255, 0, 0, 0, 0, 0, 1));
    const indices = [[0b00011000]];
    expect(await marksOf(png({ width: 3, depth: 2, type: 'indexed' }, indices, palette))).toEqual([1, 0, 1]);
    const transparency = chunk('tRNS', Uint8Array.of(0, 255, 0));
    expect(
      await marksOf(png({ width: 3, depth: 2, type: 'indexed' }, indices, palette, transparency)),
    ).toEqual([1, 0, 1]);
    expect(
      await marksOf(png({ width: 3, depth: 8, type: 'indexed' }, [[2, 1, 0]], palette, transparency)),
    ).toEqual([1, 0, 1]);
  });

  it('marks 16-bit labels of interlaced images', async () => {
    const data = Uint16Array.from({ length: 9 * 7 }, (_, index) => index % 3);
    const bytes = encode({ width: 9, height: 7, data, channels: 1, depth: 16 }, { interlace: 'Adam7' });
    expect(await marksOf(new Uint8Array(bytes))).toEqual(Array.from(data, (label) => Math.min(label, 1)));
  });

  it('rejects a damaged file and an unsupported format', async () => {
    await expect(decodeMask(new Blob([]))).rejects.toThrow('It is empty: 0 bytes.');
    await expect(decodeMask(new Blob(['GIF89a']))).rejects.toThrow('It is a GIF image');
  });
});

describe('lossless formats', () => {
  const webp = (...chunks: readonly [type: string, length: number][]): Uint8Array =>
    new TextEncoder().encode(
      `RIFF....WEBP${chunks.map(([type, length]) => `${type}${String.fromCharCode(length)}\0\0\0${'.'.repeat(length + (length % 2))}`).join('')}`,
    );

  it('are PNG, BMP and WebP with a VP8L chunk', () => {
    const bytes = new Uint8Array(0);
    expect([isLossless(bytes, 'png'), isLossless(bytes, 'bmp'), isLossless(bytes, 'jpeg')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isLossless(webp(['VP8L', 4]), 'webp')).toBe(true);
    expect(isLossless(webp(['VP8X', 10], ['ICCP', 3], ['VP8L', 4]), 'webp')).toBe(true);
    expect(isLossless(webp(['VP8 ', 4]), 'webp')).toBe(false);
    expect(isLossless(webp(['VP8X', 10], ['ALPH', 5], ['VP8 ', 4]), 'webp')).toBe(false);
    expect(isLossless(webp(['VP8X', 10]), 'webp')).toBe(false);
  });
});
