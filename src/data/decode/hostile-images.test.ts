/** Damaged and invented files: every one is decoded, or refused with a sentence; nothing else is thrown. */
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { chunk, colorTypes, header, join, png, signature } from '../testing/png-bytes.ts';
import { declaredSize } from './declared-size.ts';
import { decodeImage } from './decode-image.ts';
import { withoutExif } from './exif.ts';

const runs = { numRuns: 300 };

/** A sentence in our own words, which the list of skipped files shows after the name. */
const isRefusal = (thrown: unknown): boolean =>
  thrown instanceof ResiduaError &&
  thrown.code === 'unreadable-image' &&
  /^It .*\.$/s.test(thrown.problem) &&
  !thrown.problem.includes('undefined');

const decodesOrRefuses = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
  try {
    const { width, height, pixels } = await decodeImage(new Blob([bytes]));
    expect(pixels).toHaveLength(width * height * 3);
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
  }
};

const whole = png(
  { width: 5, depth: 4, type: 'indexed' },
  [
    [0x01, 0x20, 0x10],
    [0x21, 0x02, 0x00],
  ],
  chunk('PLTE', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)),
  chunk('tRNS', Uint8Array.of(0, 128)),
);

const anyHeader = fc
  .record({
    width: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
    height: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
    depth: fc.constantFrom(0, 1, 2, 3, 4, 8, 16, 32),
    type: fc.constantFrom(...Object.values(colorTypes), 1, 5, 7),
    interlace: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ width, height, depth, type, interlace }) => header(width, height, depth, type, interlace));

const anyBytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((bytes) => Uint8Array.from(bytes));

const anyChunk = fc.oneof(
  anyHeader,
  anyBytes(20).map((content) => chunk('PLTE', content)),
  anyBytes(8).map((content) => chunk('tRNS', content)),
  anyBytes(300).map((content) => chunk('IDAT', deflateSync(content))),
  anyBytes(40).map((content) => chunk('IDAT', content)),
  anyBytes(9).map((content) => chunk('tEXt', content)),
  fc.constant(chunk('IEND', new Uint8Array(0))),
);

describe('a PNG', () => {
  it('with one changed byte is decoded or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (index, change) => {
        const bytes = Uint8Array.from(whole);
        bytes[index]! ^= change;
        await decodesOrRefuses(bytes);
      }),
      runs,
    );
  });

  it('that is cut off anywhere is refused', async () => {
    for (let length = 0; length < whole.length; length++) {
      await expect(decodeImage(new Blob([whole.subarray(0, length)]))).rejects.toSatisfy(isRefusal);
    }
  });

  it('of any chunks in any order is decoded or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyChunk, { maxLength: 7 }), (chunks) =>
        decodesOrRefuses(join(signature, ...chunks, chunk('IEND', new Uint8Array(0)))),
      ),
      runs,
    );
  });

  it('of a valid header and any data is decoded or refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(...Object.values(colorTypes)),
        fc.constantFrom(8, 16),
        fc.integer({ min: 0, max: 1 }),
        anyBytes(400),
        (width, height, type, depth, interlace, data) =>
          decodesOrRefuses(
            join(
              signature,
              header(width, height, type === colorTypes.indexed ? 8 : depth, type, interlace),
              chunk('PLTE', Uint8Array.of(1, 2, 3)),
              chunk('IDAT', deflateSync(data)),
              chunk('IEND', new Uint8Array(0)),
            ),
          ),
      ),
      runs,
    );
  });
});

describe('a file that the browser would decode', () => {
  const magic = {
    jpeg: [0xff, 0xd8, 0xff],
    webp: [...'RIFF....WEBPVP8'].map((c) => c.charCodeAt(0)),
    bmp: [0x42, 0x4d],
  };

  it.each(['jpeg', 'webp', 'bmp'] as const)('has a size, or is refused by its header: %s', (format) => {
    fc.assert(
      fc.property(anyBytes(80), (rest) => {
        const bytes = Uint8Array.from([...magic[format], ...rest]);
        try {
          const { width, height } = declaredSize(bytes, format);
          expect(Number.isInteger(width) && Number.isInteger(height)).toBe(true);
        } catch (thrown) {
          if (!isRefusal(thrown)) throw thrown;
        }
      }),
      runs,
    );
  });

  it('may have any EXIF data, and loses only that', () => {
    fc.assert(
      fc.property(anyBytes(60), (tiff) => {
        const exif = Uint8Array.from([0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]);
        const length = exif.length + 2;
        const start = [0xff, 0xd8];
        const rest = [0xff, 0xc0, 0, 9, 8, 0, 1, 0, 1, 1, 1];
        const jpeg = Uint8Array.from([...start, 0xff, 0xe1, length >> 8, length & 255, ...exif, ...rest]);
        expect(Array.from(withoutExif(jpeg).bytes)).toEqual([...start, ...rest]);
      }),
      runs,
    );
  });
});
