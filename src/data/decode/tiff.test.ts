import fc from 'fast-check';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { lzw, tiff } from '../testing/tiff-file.ts';
import { decodeImage } from './decode-image.ts';
import { decodeMask } from './decode-mask.ts';
import { decodeTiff } from './tiff.ts';
import { deflatedLength, lzwLength } from './tiff-strips.ts';

const gray8 = { width: 3, bits: 8, samples: 1, photometric: 1 } as const;
const rgb8 = { width: 2, bits: 8, samples: 3, photometric: 2 } as const;
const values = Array.from({ length: 6 * 40 }, (_, at) => (at * 7) % 256);

describe('a TIFF', () => {
  it.each(['plain', 'lzw', 'deflate'] as const)('of 8-bit gray and RGB is read, %s', (compression) => {
    for (const rowsPerStrip of [1, 7, 100]) {
      for (const predictor of [false, true]) {
        const gray = decodeTiff(
          tiff({ ...gray8, compression, rowsPerStrip, predictor }, values.slice(0, 120)),
        );
        expect([gray.width, gray.height, gray.transparent]).toEqual([3, 40, false]);
        expect([...gray.pixels]).toEqual(values.slice(0, 120).flatMap((value) => [value, value, value]));
        const rgb = decodeTiff(tiff({ ...rgb8, compression, rowsPerStrip, predictor }, values));
        expect([...rgb.pixels]).toEqual(values);
      }
    }
  });

  it.each([false, true])('of 16 bits is rounded to 8, big-endian: %s', (bigEndian) => {
    const wide = [0, 128, 129, 257, 65_535, 40_000];
    const rounded = wide.map((value) => Math.round(value / 257));
    for (const predictor of [false, true]) {
      const rgb = tiff({ ...rgb8, bits: 16, bigEndian, predictor, compression: 'deflate' }, wide);
      expect([...decodeTiff(rgb).pixels]).toEqual(rounded);
    }
    const gray = decodeTiff(tiff({ ...gray8, bits: 16, bigEndian }, wide.slice(0, 3)));
    expect([...gray.pixels]).toEqual(rounded.slice(0, 3).flatMap((value) => [value, value, value]));
  });

  it('is inverted if white is zero, and looked up in its palette', () => {
    expect([
      ...decodeTiff(tiff({ ...gray8, photometric: 0 }, [0, 10, 255])).pixels.filter((_, at) => at % 3 === 0),
    ]).toEqual([255, 245, 0]);
    const map = Array.from({ length: 768 }, (_, at) => (at === 5 ? 0xff00 : at === 256 + 5 ? 0x8000 : 0));
    const palette = tiff({ ...gray8, photometric: 3, tags: { 320: map } }, [5, 0, 5]);
    expect([...decodeTiff(palette).pixels]).toEqual([255, 128, 0, 0, 0, 0, 255, 128, 0]);
  });

  it('has its alpha composited on black, and other samples left out', () => {
    const pixel = [200, 100, 50, 51];
    const alpha = decodeTiff(tiff({ ...rgb8, width: 1, samples: 4, tags: { 338: [2] } }, pixel));
    expect([[...alpha.pixels], alpha.transparent]).toEqual([[40, 20, 10], true]);
    const infrared = decodeTiff(tiff({ ...rgb8, width: 1, samples: 4, tags: { 338: [0] } }, pixel));
    expect([[...infrared.pixels], infrared.transparent]).toEqual([[200, 100, 50], false]);
  });

  it('in tiles is that in strips, of every kind', () => {
    for (const compression of ['plain', 'lzw', 'deflate'] as const)
      for (const bits of [8, 16] as const)
        for (const { samples, photometric } of [gray8, { ...gray8, photometric: 0 }, rgb8]) {
          const kind = {
            width: 37,
            bits,
            samples,
            photometric,
            compression,
            predictor: compression !== 'plain',
          };
          const list = Array.from(
            { length: 37 * 21 * samples },
            (_, at) => Math.imul(at + 5, 0x9e3779b1) >>> (32 - bits),
          );
          const strips = decodeTiff(tiff(kind, list));
          for (const bigEndian of [false, true])
            expect(decodeTiff(tiff({ ...kind, bigEndian, tile: [16, 32] }, list))).toEqual(strips);
        }
  });

  it('with one plane per color is that with all in one, in strips and tiles', () => {
    const list = Array.from({ length: 37 * 21 * 4 }, (_, at) => Math.imul(at + 5, 0x9e3779b1) >>> 24);
    for (const compression of ['plain', 'deflate'] as const) {
      const kind = { ...rgb8, width: 37, samples: 4, compression, tags: { 338: [2] } };
      const together = decodeTiff(tiff(kind, list));
      expect(decodeTiff(tiff({ ...kind, planar: true, rowsPerStrip: 8 }, list))).toEqual(together);
      expect(decodeTiff(tiff({ ...kind, planar: true, tile: [16, 16] }, list))).toEqual(together);
    }
  });

  it('of one bit is black or white, in strips and tiles', () => {
    const bits = Array.from({ length: 19 * 5 }, (_, at) => Number((at * 7) % 3 === 0));
    const kind = { width: 19, bits: 1, samples: 1, photometric: 1 };
    const expected = bits.flatMap((bit) => [255 * bit, 255 * bit, 255 * bit]);
    for (const compression of ['plain', 'lzw', 'deflate'] as const) {
      expect([...decodeTiff(tiff({ ...kind, compression, rowsPerStrip: 2 }, bits)).pixels]).toEqual(expected);
      expect([...decodeTiff(tiff({ ...kind, compression, tile: [16, 16] }, bits)).pixels]).toEqual(expected);
      const inverted = decodeTiff(tiff({ ...kind, photometric: 0, compression }, bits));
      expect([...inverted.pixels]).toEqual(expected.map((value) => 255 - value));
    }
  });

  it('is read by its content, as image and as mask', async () => {
    const file = new Blob([tiff({ ...gray8, bits: 16 }, [0, 1, 65_535])]);
    expect((await decodeImage(file)).pixels.slice(6)).toEqual(Uint8Array.of(255, 255, 255));
    expect((await decodeMask(file)).pixels).toEqual(Uint8Array.of(0, 1, 1));
  });
});

describe('a refused TIFF', () => {
  it.each([
    [
      'floating point',
      tiff({ ...gray8, tags: { 339: [3] } }, [1, 2, 3]),
      'values that are not whole numbers',
    ],
    ['4 bits', tiff({ ...gray8, tags: { 258: [4] } }, [1, 2, 3]), '4 bits per sample'],
    ['bits in reverse order', tiff({ ...gray8, tags: { 266: [2] } }, [1, 2, 3]), 'bits in reverse order'],
    [
      'missing tiles',
      tiff({ ...gray8, tags: { 322: [16], 323: [16] } }, [1, 2, 3]),
      'it lists 0 pieces, expected 1',
    ],
    [
      'tiles of no size',
      tiff({ ...gray8, tags: { 322: [0], 323: [16] } }, [1, 2, 3]),
      'its tiles have 0 x 16',
    ],
    [
      'tiles larger than any image',
      tiff({ ...gray8, tags: { 322: [30_000], 323: [30_000] } }, [1, 2, 3]),
      'its tiles have 30000 x 30000',
    ],
    [
      'a tile past the end',
      tiff({ ...gray8, tile: [16, 16], tags: { 325: [9_000] } }, [1, 2, 3]),
      'piece 1 of 1 lies past its end',
    ],
    [
      'planes of 16 bits',
      tiff({ ...rgb8, bits: 16, planar: true }, values.slice(0, 6)),
      'one plane per color of 16 bits',
    ],
    [
      'planes that are multiplied by alpha',
      tiff({ ...rgb8, samples: 4, planar: true, tags: { 338: [1] } }, values.slice(0, 8)),
      'planes whose colors are multiplied by alpha',
    ],
    ['a rotation', tiff({ ...gray8, tags: { 274: [6] } }, [1, 2, 3]), 'orientation 6'],
    ['JPEG inside', tiff({ ...gray8, tags: { 259: [7] } }, [1, 2, 3]), 'compression 7'],
    ['CMYK', tiff({ ...gray8, tags: { 262: [5] } }, [1, 2, 3]), 'color type 5'],
    ['too large', tiff({ ...gray8, tags: { 256: [40_000] } }, [1, 2, 3]), 'expected at most 32768 a side'],
    [
      'too many pixels',
      tiff({ ...gray8, tags: { 256: [30_000], 257: [30_000] } }, [1, 2, 3]),
      'at most 64 megapixels',
    ],
    [
      'a missing strip',
      tiff({ ...gray8, tags: { 257: [2], 278: [1] } }, [1, 2, 3]),
      'it lists 1 strips, expected 2',
    ],
    [
      'a cut-off strip',
      tiff({ ...gray8, tags: { 279: [9_000] } }, [1, 2, 3]),
      'strip 1 of 1 lies past its end',
    ],
    [
      'a short strip',
      tiff({ ...gray8, tags: { 257: [50], 278: [50] } }, [1, 2, 3]),
      'image data cannot be read',
    ],
  ])('names %s', (_, bytes, problem) => {
    expect(() => decodeTiff(bytes)).toThrow(problem);
    expect(() => decodeTiff(bytes)).toThrow(ResiduaError);
  });

  it('names a strip that expands to far more than its rows, before it does', () => {
    const bomb = new Uint8Array(200_000);
    for (const compression of ['lzw', 'deflate'] as const) {
      const bytes = tiff({ ...gray8, width: bomb.length, compression }, [...bomb]);
      const header = tiff({ ...gray8, compression }, [1, 2, 3]);
      expect(header.length).toBeLessThan(400);
      // The same strip under a header that declares three pixels.
      const view = new DataView(bytes.buffer);
      const directory = view.getUint32(4, true);
      view.setUint32(directory + 2 + 8, 3, true);
      expect(() => decodeTiff(bytes)).toThrow('strip 1 of 1 is longer than its rows');
    }
  });

  it('is all that damage can cause', () => {
    const files = (['plain', 'lzw', 'deflate'] as const).flatMap((compression) => [
      tiff({ ...rgb8, compression, rowsPerStrip: 9 }, values),
      tiff({ ...rgb8, compression, tile: [16, 16], planar: true }, values),
    ]);
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (file, changes) => {
          const bytes = file.slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          try {
            decodeTiff(bytes);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(ResiduaError);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the length of a compressed strip', () => {
  it('is that of its bytes, or above the bound', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 3000 }), (list) => {
        const bytes = Uint8Array.from(list);
        expect(lzwLength(lzw(bytes), 10_000)).toBe(bytes.length);
        expect(deflatedLength(zlibSync(bytes), 10_000)).toBe(bytes.length);
        expect(lzwLength(lzw(bytes), bytes.length - 1)).toBeGreaterThan(bytes.length - 1);
      }),
      { numRuns: 60 },
    );
  });
});
