// Runs in browsers because it needs their image decoders; needs no GPU.
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode-image.ts';

/** Left half red, right half blue, 40 x 20 pixels. */
const picture = async (type: string): Promise<Uint8Array<ArrayBuffer>> => {
  const canvas = new OffscreenCanvas(40, 20);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2-D canvas');
  context.fillStyle = 'red';
  context.fillRect(0, 0, 20, 20);
  context.fillStyle = 'blue';
  context.fillRect(20, 0, 20, 20);
  return new Uint8Array(await (await canvas.convertToBlob({ type, quality: 0.95 })).arrayBuffer());
};

/** APP1: Exif, big endian, one entry, orientation 6 (rotate by 90 degrees). */
const exif = [
  0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0,
  0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
];

const redAt = ({ width, pixels }: { width: number; pixels: Uint8Array }, x: number, y: number): number =>
  pixels[3 * (y * width + x)]!;

describe('an image that the browser decodes', () => {
  it.each(['image/jpeg', 'image/webp'])('has the size that its header declares: %s', async (type) => {
    const image = await decodeImage(new Blob([await picture(type)]));
    expect([image.width, image.height, image.rotated]).toEqual([40, 20, false]);
  });

  it('is decoded as it is stored, whatever orientation its EXIF data asks for', async () => {
    const jpeg = await picture('image/jpeg');
    const parts = [jpeg.subarray(0, 2), Uint8Array.from(exif), jpeg.subarray(2)];
    const file = new Blob(parts, { type: 'image/jpeg' });
    // The fixture works: Chromium rotates it, and Firefox refuses it.
    const bitmap = await createImageBitmap(file).catch(() => undefined);
    expect([undefined, 20]).toContain(bitmap?.width);
    const image = await decodeImage(file);
    expect([image.width, image.height, image.rotated]).toEqual([40, 20, true]);
    expect(redAt(image, 4, 10)).toBeGreaterThan(200);
    expect(redAt(image, 36, 10)).toBeLessThan(50);
  });

  it('is refused by its header if it is too large, before it is decoded', async () => {
    const jpeg = await picture('image/jpeg');
    const frame = jpeg.findIndex((byte, index) => byte === 0xff && jpeg[index + 1] === 0xc0);
    jpeg.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    await expect(decodeImage(new Blob([jpeg]))).rejects.toThrow('65535 x 65535 pixels');
  });
});
