import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { Unzlib } from 'fflate';
import { describe, expect, it } from 'vitest';
import { chunk, colorTypes, header, join, png, signature } from '../testing/png-bytes.ts';
import { decodePng } from './png.ts';
import { readPngChunks } from './png-chunks.ts';

const decodeBytes = (bytes: Uint8Array) => {
  const { pixels, ...image } = decodePng(readPngChunks(bytes));
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
      rotated: false,
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

  it('reverses each of the five filters, in the first row too', () => {
    const width = 7;
    const values = Uint8Array.from(
      { length: width * 3 * 6 },
      (_, index) => (index * index * 31 + index) & 255,
    );
    const rowBytes = width * 3;
    const at = (y: number, x: number): number => (y < 0 || x < 0 ? 0 : values[y * rowBytes + x]!);
    const predictors = [
      () => 0,
      (y: number, x: number) => at(y, x - 3),
      (y: number, x: number) => at(y - 1, x),
      (y: number, x: number) => Math.floor((at(y, x - 3) + at(y - 1, x)) / 2),
      (y: number, x: number) => {
        const [a, b, c] = [at(y, x - 3), at(y - 1, x), x < 3 ? 0 : at(y - 1, x - 3)];
        const p = a + b - c;
        const distances = [a, b, c].map((value) => Math.abs(p - value));
        return [a, b, c][distances.indexOf(Math.min(...distances))]!;
      },
    ];
    for (const [filter, predict] of predictors.entries()) {
      const rows = Array.from({ length: 6 }, (_, y) => [
        filter,
        ...Array.from({ length: rowBytes }, (_, x) => (at(y, x) - predict(y, x)) & 255),
      ]);
      const bytes = join(
        signature,
        header(width, 6, 8, colorTypes.rgb),
        chunk('IDAT', deflateSync(Uint8Array.from(rows.flat()))),
        chunk('IEND', new Uint8Array(0)),
      );
      expect(decodeBytes(bytes).pixels, `filter ${filter}`).toEqual(Array.from(values));
    }
  });

  it('decodes interlaced images of every bit depth', () => {
    const data = Uint8Array.from({ length: 9 * 7 * 3 }, (_, index) => (index * 37) & 255);
    const bytes = encode({ width: 9, height: 7, data, channels: 3, depth: 8 }, { interlace: 'Adam7' });
    expect(decodeBytes(bytes).pixels).toEqual(Array.from(data));
    const wide = Uint16Array.from({ length: 9 * 7 }, (_, index) => index * 1000);
    const ofWords = encode(
      { width: 9, height: 7, data: wide, channels: 1, depth: 16 },
      { interlace: 'Adam7' },
    );
    expect(decodeBytes(ofWords).pixels.filter((_, index) => index % 3 === 0)).toEqual(
      Array.from(wide, (value) => Math.round(value / 257)),
    );
    // 3 x 2 pixels of 1 bit: 100 and 011, by the passes of Adam7 that such an image has.
    const rows = [
      [0, 0b10000000], // pass 1: (0, 0)
      [0, 0b00000000], // pass 4: (2, 0)
      [0, 0b00000000], // pass 6: (1, 0)
      [0, 0b01100000], // pass 7: row 1
    ];
    const packed = join(
      signature,
      header(3, 2, 1, colorTypes.gray, 1),
      chunk('IDAT', deflateSync(Uint8Array.from(rows.flat()))),
      chunk('IEND', new Uint8Array(0)),
    );
    expect(decodeBytes(packed).pixels.filter((_, index) => index % 3 === 0)).toEqual([
      255, 0, 0, 0, 255, 255,
    ]);
  });
});

describe('a PNG that libpng reads with a warning', () => {
  const rows = [
    [10, 20],
    [30, 40],
  ];
  const data = deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])));
  const file = (...chunks: readonly Uint8Array[]) =>
    join(signature, header(2, 2, 8, colorTypes.gray), ...chunks, chunk('IEND', new Uint8Array(0)));
  const gray = (bytes: Uint8Array<ArrayBuffer>): number[] =>
    decodeBytes(bytes).pixels.filter((_, index) => index % 3 === 0);

  it('is read despite a wrong Adler-32 checksum, or bytes after the compressed data', () => {
    const wrong = Uint8Array.from(data);
    wrong[wrong.length - 1]! ^= 1;
    expect(gray(file(chunk('IDAT', wrong)))).toEqual([10, 20, 30, 40]);
    expect(gray(file(chunk('IDAT', join(data, Uint8Array.of(1, 2, 3)))))).toEqual([10, 20, 30, 40]);
  });

  it('is read from parts of any length', () => {
    const parts = [data.subarray(0, 1), data.subarray(1, 1), data.subarray(1, 5), data.subarray(5)];
    expect(gray(file(...parts.map((part) => chunk('IDAT', part))))).toEqual([10, 20, 30, 40]);
  });

  it('is read without a tRNS chunk that is damaged, misplaced or of a wrong length', () => {
    const key = chunk('tRNS', Uint8Array.of(0, 10));
    expect(gray(file(key, chunk('IDAT', data)))).toEqual([0, 20, 30, 40]);
    const damaged = Uint8Array.from(key);
    damaged[damaged.length - 1]! ^= 1;
    expect(gray(file(damaged, chunk('IDAT', data)))).toEqual([10, 20, 30, 40]);
    expect(gray(file(chunk('IDAT', data), key))).toEqual([10, 20, 30, 40]);
    expect(gray(file(chunk('tRNS', Uint8Array.of(10)), chunk('IDAT', data)))).toEqual([10, 20, 30, 40]);
  });

  it('is read with a transparent color if it is a single pixel', () => {
    const key = chunk('tRNS', Uint8Array.of(0, 9, 0, 8, 0, 7));
    expect(decodeBytes(png({ width: 1, depth: 8, type: 'rgb' }, [[9, 8, 7]], key))).toEqual({
      width: 1,
      height: 1,
      pixels: [0, 0, 0],
      transparent: true,
      rotated: false,
    });
  });

  it('is read without the palette that gray pixels do not use', () => {
    expect(gray(file(chunk('PLTE', Uint8Array.of(1, 2)), chunk('IDAT', data)))).toEqual([10, 20, 30, 40]);
  });
});

describe('a PNG that cannot be read', () => {
  const end = chunk('IEND', new Uint8Array(0));
  const data = (...bytes: readonly number[]) => chunk('IDAT', deflateSync(Uint8Array.from(bytes)));

  it.each<readonly [string, readonly Uint8Array[], string]>([
    [
      'its header has no content',
      [Uint8Array.of(0, 0, 0, 0, 0x49, 0x48, 0x44, 0x52, 0xa8, 0xa1, 0xae, 0x0a)],
      'its IHDR chunk has 0 bytes, expected 13',
    ],
    ['it has no header', [data(0, 1), end], 'its first chunk is IDAT, expected IHDR'],
    ['it has two headers', [header(1, 1, 8, 0), header(1, 1, 8, 0), data(0, 1), end], 'two IHDR chunks'],
    ['its bit depth does not exist', [header(1, 1, 3, 0), data(0, 1), end], 'its bit depth is 3'],
    ['its bit depth does not suit RGB', [header(1, 1, 4, 2), data(0, 1), end], 'its bit depth is 4'],
    ['its color type does not exist', [header(1, 1, 8, 5), data(0, 1), end], 'its color type is 5'],
    [
      'its interlacing does not exist',
      [header(1, 1, 8, 0, 2), data(0, 1), end],
      'interlace methods are 0, 0 and 2',
    ],
    ['it has no pixels', [header(1, 1, 8, 0), end], 'it has no pixels'],
    ['it has indices without a palette', [header(1, 1, 8, 3), data(0, 0), end], 'it has no palette'],
    [
      'its palette ends within a color',
      [header(1, 1, 8, 3), chunk('PLTE', Uint8Array.of(1, 2, 3, 4)), data(0, 0), end],
      'its palette has 4 bytes',
    ],
    [
      'a chunk is critical and unknown',
      [header(1, 1, 8, 0), chunk('CgBI', Uint8Array.of(1)), data(0, 1), end],
      'its chunk CgBI is critical',
    ],
    [
      'its last row is short',
      [header(2, 2, 8, 0), data(0, 1, 2, 0, 3), end],
      'its pixels end after 5 of 6 bytes',
    ],
    [
      'its data go on after another chunk',
      [
        header(2, 2, 8, 0),
        chunk('IDAT', deflateSync(Uint8Array.of(0, 1, 2, 0, 3, 4)).subarray(0, 6)),
        chunk('tEXt', Uint8Array.of(65)),
        chunk('IDAT', deflateSync(Uint8Array.of(0, 1, 2, 0, 3, 4)).subarray(6)),
        end,
      ],
      /its pixels (end after|cannot be)/.source,
    ],
    ['a row has a filter that does not exist', [header(1, 1, 8, 0), data(5, 1), end], 'a row has filter 5'],
    [
      'it has one byte too many',
      [header(1, 1, 8, 0), data(0, 1, 2), end],
      'more pixels than its header announces',
    ],
    [
      'one side is too long',
      [header(1, 20_000_000, 1, 0), data(0), end],
      '1 x 20000000 pixels, expected at most 32768 a side',
    ],
    [
      'it is far larger than its data',
      [header(8000, 8000, 8, 2), data(0, 1), end],
      'far more than its 10 compressed bytes hold',
    ],
  ])('is refused: %s', (_, chunks, problem) => {
    expect(() => decodeBytes(join(signature, ...chunks))).toThrow(new RegExp(problem));
  });

  it('is refused before a bomb is inflated', () => {
    // 1 x 1 pixels, and 64 MB of zeros in 64 kB.
    const bomb = deflateSync(new Uint8Array(2 ** 26));
    const bytes = join(signature, header(1, 1, 8, 0), chunk('IDAT', bomb), end);
    let inflated = 0;
    const { push } = Unzlib.prototype;
    Unzlib.prototype.push = function (...args) {
      inflated += args[0].length;
      return push.apply(this, args);
    };
    try {
      expect(() => decodeBytes(bytes)).toThrow('more pixels than its header announces');
    } finally {
      Unzlib.prototype.push = push;
    }
    expect(inflated).toBeLessThanOrEqual(4096);
  });

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
    expect(() => readPngChunks(bytes)).toThrow('8001 x 8000 pixels, expected at most 64 megapixels');
  });
});
