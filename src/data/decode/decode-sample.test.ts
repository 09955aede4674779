import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { SampleSource } from '#core/dataset.ts';
import { contentHashOf } from '../duplicates/content-hash.ts';
import { decodeImage } from './decode-image.ts';
import { decodeSample } from './decode-sample.ts';

const pngOf = (width: number, height: number, channels: number, fill: (index: number) => number): Blob => {
  const data = Uint8Array.from({ length: width * height * channels }, (_, index) => fill(index));
  return new Blob([new Uint8Array(encode({ width, height, data, channels, depth: 8 }))]);
};

const files = (image: Blob, ...masks: readonly Blob[]): SampleSource => ({ kind: 'file', image, masks });

describe('decoding a sample', () => {
  it('returns image, thumbnail and mask at their sides, and the size of the file', async () => {
    const image = pngOf(8, 4, 3, () => 90);
    const sample = await decodeSample({
      source: files(
        image,
        pngOf(8, 4, 1, (index) => (index % 8 < 4 ? 0 : 255)),
      ),
      side: 4,
      fit: 'squeeze',
      thumbnailSide: 2,
    });
    expect(sample).toEqual({
      width: 8,
      height: 4,
      transparent: false,
      rotated: false,
      pixels: new Uint8Array(4 * 4 * 3).fill(90),
      thumbnail: Uint8ClampedArray.from({ length: 2 * 2 * 4 }, (_, index) => (index % 4 === 3 ? 255 : 90)),
      mask: Uint8Array.from({ length: 16 }, (_, index) => (index % 4 < 2 ? 0 : 1)),
      maskEmpty: false,
      maskThin: false,
      maskCropped: false,
      maskProblem: undefined,
      contentHash: await contentHashOf(image),
    });
  });

  it('marks every mask pixel that is not black, at any brightness', async () => {
    const mask = pngOf(2, 2, 1, (index) => index);
    const sample = await decodeSample({
      source: files(
        pngOf(2, 2, 3, () => 1),
        mask,
      ),
      side: 2,
      fit: 'squeeze',
      thumbnailSide: 1,
    });
    expect(sample.mask).toEqual(Uint8Array.of(0, 1, 1, 1));
  });

  it('marks what any of several masks marks, and uses none of them if one has another size', async () => {
    const image = pngOf(2, 2, 3, () => 1);
    const [first, second] = [0, 3].map((marked) => pngOf(2, 2, 1, (index) => (index === marked ? 7 : 0)));
    const decode = (...masks: readonly Blob[]) =>
      decodeSample({ source: files(image, ...masks), side: 2, fit: 'squeeze', thumbnailSide: 1 });
    expect((await decode(first, second)).mask).toEqual(Uint8Array.of(1, 0, 0, 1));
    const other = await decode(
      first,
      pngOf(2, 3, 1, () => 9),
    );
    expect([other.mask, other.maskProblem]).toEqual([
      undefined,
      expect.stringContaining('It is 2 x 3 pixels'),
    ]);
  });

  it('cuts an image into tiles with their masks, and pads it for the thumbnail', async () => {
    // 5 x 2 pixels of one gray per column: tiles start at columns 0, 2 (rounded up) and 3.
    const image = pngOf(5, 2, 1, (index) => 10 * (index % 5));
    const mask = pngOf(5, 2, 1, (index) => (index % 5 === 4 ? 255 : 0));
    const sample = await decodeSample({
      source: files(image, mask),
      side: 2,
      fit: 'tiles',
      thumbnailSide: 1,
    });
    const red = [...sample.pixels].filter((_, at) => at % 3 === 0);
    expect(red).toEqual([0, 10, 0, 10, 20, 30, 20, 30, 30, 40, 30, 40]);
    expect([...(sample.mask ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
    expect([...sample.thumbnail]).toEqual([20, 20, 20, 255]);
    expect([sample.maskThin, sample.maskCropped, sample.maskEmpty]).toEqual([false, false, false]);
  });

  it('refuses more tiles than an image may have', async () => {
    const source = files(pngOf(65, 1, 3, () => 1));
    await expect(decodeSample({ source, side: 2, fit: 'tiles', thumbnailSide: 1 })).rejects.toThrow(
      'It is 65 x 1 pixels: 65 tiles, expected at most 64.',
    );
  });

  it('reports an empty mask', async () => {
    const source = files(
      pngOf(2, 2, 3, () => 1),
      pngOf(2, 2, 1, () => 0),
    );
    const { maskEmpty, maskThin } = await decodeSample({ source, side: 2, fit: 'squeeze', thumbnailSide: 1 });
    expect([maskEmpty, maskThin]).toEqual([true, false]);
  });

  it('preserves a mark that covers less than half of a pixel, and reports a thin mask', async () => {
    const source = files(
      pngOf(8, 8, 3, () => 1),
      pngOf(8, 8, 1, (index) => (index === 63 ? 1 : 0)),
    );
    const { mask, maskEmpty, maskThin } = await decodeSample({
      source,
      side: 2,
      fit: 'squeeze',
      thumbnailSide: 1,
    });
    expect([mask, maskEmpty, maskThin]).toEqual([Uint8Array.of(0, 0, 0, 1), false, true]);
  });

  it('decodes the image if its mask is unreadable or of another size', async () => {
    const image = pngOf(4, 4, 3, () => 1);
    const other = await decodeSample({
      source: files(
        image,
        pngOf(4, 5, 1, () => 255),
      ),
      side: 4,
      fit: 'squeeze',
      thumbnailSide: 2,
    });
    expect(other.mask).toBeUndefined();
    expect(other.maskProblem).toContain('It is 4 x 5 pixels, and its image 4 x 4');
    const empty = await decodeSample({
      source: files(image, new Blob([])),
      side: 4,
      fit: 'squeeze',
      thumbnailSide: 2,
    });
    expect([empty.mask, empty.maskProblem]).toEqual([undefined, 'It is empty: 0 bytes.']);
  });

  it('renders a synthetic sample, with a mask if it has a defect', async () => {
    const good = await decodeSample({
      source: { kind: 'synthetic', seed: 1, index: 0 },
      side: 32,
      fit: 'squeeze',
      thumbnailSide: 16,
    });
    const bad = await decodeSample({
      source: { kind: 'synthetic', seed: 1, index: 199 },
      side: 32,
      fit: 'squeeze',
      thumbnailSide: 16,
    });
    expect([good.width, good.pixels.length, good.mask]).toEqual([256, 32 * 32 * 3, undefined]);
    expect(bad.mask?.includes(1)).toBe(true);
  });
});

describe('a rejected image file', () => {
  it.each([
    ['empty', [], 'It is empty: 0 bytes.'],
    [
      'a GIF',
      [...'GIF89a'].map((letter) => letter.charCodeAt(0)),
      'It is a GIF image: only PNG, JPEG, WebP, BMP and TIFF are supported.',
    ],
    ['a BigTIFF', [0x49, 0x49, 0x2b, 0], 'It is a BigTIFF image'],
    ['a cut-off TIFF', [0x49, 0x49, 0x2a, 0], 'It is a damaged TIFF: its header cannot be read.'],
    ['text', [104, 105], 'It is not an image, whatever its name says'],
  ])('is reported as %s', async (_, bytes, problem) => {
    await expect(decodeImage(new Blob([Uint8Array.from(bytes)]))).rejects.toThrow(problem);
  });
});

const data = join(import.meta.dirname, '../../../../shared/data');
const originals = join(data, 'mvtec-original-size/pill');
const reduced = join(data, 'mvtec-256/pill');
const hasData = existsSync(originals) && existsSync(reduced);
if (!hasData) console.warn(`No real images at ${data}: the comparison with Pillow's resize is skipped.`);

describe('real images', () => {
  it.skipIf(!hasData)(
    'are reduced from 800 to 256 pixels exactly as by Pillow',
    async () => {
      const paths = readdirSync(originals, { recursive: true, encoding: 'utf8' }).filter(
        (path) => path.endsWith('.png') && !path.startsWith('ground_truth'),
      );
      expect(paths.length).toBe(21);
      // Every third one, to cover all folders.
      for (const path of paths.sort().filter((_, index) => index % 3 === 0)) {
        const [original, copy] = [originals, reduced].map((root) => ({
          source: files(new Blob([new Uint8Array(readFileSync(join(root, path)))])),
          side: 256,
          fit: 'squeeze' as const,
          thumbnailSide: 8,
        }));
        const [ours, pillows] = [await decodeSample(original), await decodeSample(copy)];
        expect(ours.width, path).toBe(800);
        expect(Buffer.from(ours.pixels).equals(Buffer.from(pillows.pixels)), path).toBe(true);
      }
    },
    30_000,
  );
});
