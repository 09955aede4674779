// Runs in browsers because it needs their image decoders and workers; needs no GPU.
import { encode } from 'fast-png';
import { afterEach, describe, expect, it } from 'vitest';
import type { Category } from '#core/dataset.ts';
import { scanFiles } from '#data/scan/scan-files.ts';
import {
  createDatasetClient,
  type DatasetClient,
  type DroppedFile,
  sampleCategory,
} from './dataset-client.ts';

let client: DatasetClient;
afterEach(() => client.dispose());

const fileOf = (path: string, content: BlobPart): DroppedFile => ({
  path: `nut/${path}`,
  file: new File([content], path.split('/').at(-1) ?? path),
});

type Rgb = readonly [number, number, number];

/** One color in the left half, another in the right: lossy formats preserve them away from the edge. */
const halves = (left: Rgb, right: Rgb, width = 64, height = 64): OffscreenCanvas => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2-D canvas');
  context.fillStyle = `rgb(${left.join()})`;
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = `rgb(${right.join()})`;
  context.fillRect(width / 2, 0, width / 2, height);
  return canvas;
};

const pngOf = (width: number, height: number, channels: number, value: number): Uint8Array<ArrayBuffer> => {
  const data = new Uint8Array(width * height * channels).fill(value);
  return new Uint8Array(encode({ width, height, data, channels, depth: 8 }));
};

/** Builds a BMP, with rows from the bottom up, padded to 4 bytes: 8 bits with a palette, or 24 bits. */
const bmpOf = (
  size: number,
  palette: readonly Rgb[] | undefined,
  pixel: (x: number, y: number) => readonly number[],
) => {
  const bytesPerPixel = palette === undefined ? 3 : 1;
  const rowBytes = Math.ceil((size * bytesPerPixel) / 4) * 4;
  const offset = 54 + (palette?.length ?? 0) * 4;
  const bytes = new Uint8Array(offset + rowBytes * size);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, offset, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, size, true);
  view.setInt32(22, size, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, bytesPerPixel * 8, true);
  view.setUint32(46, palette?.length ?? 0, true);
  for (const [index, [red, green, blue]] of (palette ?? []).entries())
    bytes.set([blue, green, red], 54 + index * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++)
      bytes.set(pixel(x, y), offset + (size - 1 - y) * rowBytes + x * bytesPerPixel);
  }
  return bytes;
};

/** The colors in the middle of the left and right half of image `index`, in the top row. */
const colours = (pixels: Uint8Array, side: number, index: number): readonly number[][] =>
  [side / 4, (3 * side) / 4].map((x) => {
    const start = index * side * side * 3 + x * 3;
    return Array.from(pixels.subarray(start, start + 3));
  });

const red: Rgb = [200, 30, 40];
const blue: Rgb = [20, 60, 180];

const categoryOf = (...files: readonly DroppedFile[]): Category => scanFiles(files).categories[0];

const framing = { side: 32, fit: 'squeeze' } as const;

describe('decoding a category in workers', () => {
  it('finds equal images, inside it and in the other categories of the folder', async () => {
    client = createDatasetClient();
    const [one, two] = [pngOf(32, 32, 3, 1), pngOf(32, 32, 3, 2)];
    const { images } = await client.decode(
      categoryOf(
        fileOf('train/good/0.png', one),
        fileOf('train/good/1.png', two),
        fileOf('test/bent/0.png', one),
      ),
      framing,
      { others: [{ ...categoryOf(fileOf('train/good/7.png', two)), name: 'bolt' }] },
    );
    expect(images.facts).toEqual({
      category: 'nut',
      counts: { train: 2, testGood: 0, testAnomalous: 1 },
      unreadable: 0,
      duplicates: {
        trainAndTestGood: undefined,
        trainAndTestAnomalous: { count: 1, example: ['train/good/0.png', 'test/bent/0.png'] },
        withinTrain: undefined,
        testGoodAndAnomalous: undefined,
      },
      foreign: { count: 1, example: ['train/good/1.png', 'train/good/7.png'], category: 'bolt' },
    });
  });

  it('decodes BMP exactly, with and without a palette, under any file name', async () => {
    client = createDatasetClient();
    const { images } = await client.decode(
      categoryOf(
        fileOf(
          'train/good/0.bmp',
          bmpOf(32, [red, blue], (x) => [x < 16 ? 0 : 1]),
        ),
        fileOf(
          'train/good/1.png',
          bmpOf(32, undefined, (x) => [...(x < 16 ? red : blue)].reverse()),
        ),
      ),
      framing,
    );
    expect([0, 1].map((index) => colours(images.pixels, 32, index))).toEqual([
      [red, blue],
      [red, blue],
    ]);
  });

  it('decodes JPEG and WebP within their quantization error', async () => {
    client = createDatasetClient();
    const blobs = await Promise.all(
      ['image/jpeg', 'image/webp'].map((type) => halves(red, blue).convertToBlob({ type, quality: 0.95 })),
    );
    expect(blobs.map(({ type }) => type)).toEqual(['image/jpeg', 'image/webp']);
    const { images } = await client.decode(
      categoryOf(fileOf('train/good/0.jpg', blobs[0]), fileOf('train/good/1.webp', blobs[1])),
      framing,
    );
    for (const index of [0, 1]) {
      const found = colours(images.pixels, 32, index).flat();
      // A constant block has only a mean, which both formats preserve within 1 in luma and in chroma at this quality (JPEG's steps
      // are 2 / 8). WebP's limited-range conversion amplifies these errors most in blue: 1.16 + 2.02, plus rounding.
      for (const [channel, value] of [...red, ...blue].entries()) {
        expect(Math.abs(found[channel] - value)).toBeLessThanOrEqual(4);
      }
    }
  });

  it('composites transparent WebP on black, and reports it', async () => {
    client = createDatasetClient();
    const canvas = new OffscreenCanvas(32, 32);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no 2-D canvas');
    context.fillStyle = 'rgb(255, 255, 255)';
    context.fillRect(0, 0, 16, 32);
    const file = fileOf('train/good/0.webp', await canvas.convertToBlob({ type: 'image/webp', quality: 1 }));
    const { images, notices } = await client.decode(categoryOf(file), framing);
    const [left, right] = colours(images.pixels, 32, 0);
    expect(right).toEqual([0, 0, 0]);
    expect(Math.min(...left)).toBeGreaterThanOrEqual(250);
    expect(notices).toContain('1 image has transparent pixels, which became black.');
  });

  it('returns images, masks, thumbnails and progress, and skips broken files', async () => {
    client = createDatasetClient();
    const whole = pngOf(48, 48, 3, 77);
    const progress: number[] = [];
    const { images, skippedFiles, thumbnails, notices } = await client.decode(
      categoryOf(
        fileOf('train/good/0.png', whole),
        fileOf('train/good/1.png', whole.slice(0, 50)),
        fileOf('train/good/2.jpg', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3)),
        fileOf('test/good/0.png', pngOf(48, 24, 1, 99)),
        fileOf('test/bent/0.png', pngOf(48, 48, 3, 111)),
        fileOf('ground_truth/bent/0_mask.png', pngOf(48, 48, 1, 255)),
      ),
      framing,
      { onProgress: (done, total) => progress.push(done / total) },
    );
    expect(images.samples).toEqual([
      {
        path: 'train/good/0.png',
        split: 'train',
        defectType: 'good',
        anomalous: false,
        hasMask: false,
        width: 48,
        height: 48,
      },
      {
        path: 'test/good/0.png',
        split: 'test',
        defectType: 'good',
        anomalous: false,
        hasMask: false,
        width: 48,
        height: 24,
      },
      {
        path: 'test/bent/0.png',
        split: 'test',
        defectType: 'bent',
        anomalous: true,
        hasMask: true,
        width: 48,
        height: 48,
      },
    ]);
    expect([0, 1, 2].map((index) => images.pixels[index * 32 * 32 * 3])).toEqual([77, 99, 111]);
    expect([images.masks.length, images.masks.every((value) => value === 1)]).toEqual([32 * 32, true]);
    expect(skippedFiles).toEqual([
      { path: 'train/good/1.png', reason: 'It is a truncated PNG.' },
      { path: 'train/good/2.jpg', reason: 'It is a damaged JPEG: its header has no size.' },
    ]);
    expect(notices).toContain(
      '1 image is not square and was squeezed into a square: its frequencies along the longer side rise, by a factor of up to 2.00. Fit offers padding and a center crop.',
    );
    expect(progress).toEqual([1 / 5, 2 / 5, 3 / 5, 4 / 5, 1]);
    const { side, pixels } = thumbnails;
    const last = new ImageData(pixels.subarray(2 * side * side * 4), side, side);
    expect(Array.from(last.data.subarray(0, 4))).toEqual([111, 111, 111, 255]);
  });

  it('rejects a category without a readable training image', async () => {
    client = createDatasetClient();
    const broken = categoryOf(
      fileOf('train/good/0.png', 'text'),
      fileOf('test/good/0.png', pngOf(8, 8, 3, 1)),
    );
    await expect(client.decode(broken, framing)).rejects.toMatchObject({
      code: 'unreadable-image',
      problem: expect.stringContaining('train/good/0.png: It is not an image, whatever its name says'),
    });
  });

  it('stops if aborted, and decodes again afterward', async () => {
    client = createDatasetClient();
    const controller = new AbortController();
    const stopped = client.decode(sampleCategory(), framing, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const { images } = await client.decode(sampleCategory('machined-part', 2), framing);
    expect([images.samples.length, images.samples.filter(({ hasMask }) => hasMask).length]).toEqual([
      200, 48,
    ]);
  });
});
