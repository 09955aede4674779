import { describe, expect, it } from 'vitest';
import { imageBytes } from '#core/image-bytes.ts';
import { tiledImages } from '#testing/tiled-images.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { bundleExamples } from './bundle-examples.ts';

const side = 8;
const filled = (value: number) => ({ pixels: new Float32Array(3 * side * side).fill(value) });

describe('the test images of a bundle', () => {
  it('have all their tiles, in order', () => {
    const images = tiledImages(side, 2, 2);
    // Image 3 has the pictures 6 and 7; image 2 lacks a reconstruction.
    const reconstructions = new Map([4, 6, 7].map((picture) => [picture, filled(picture)]));
    const file = Uint8Array.of(1);
    const examples = bundleExamples(images, reconstructions, [
      { index: 2, file },
      { index: 3, file },
    ]);
    expect(examples).toEqual([
      {
        path: images.samples[6]?.path,
        file,
        pixels: Uint8Array.from([...imageBytes(images, 6), ...imageBytes(images, 7)]),
        reconstruction: Float32Array.from([...filled(6).pixels, ...filled(7).pixels]),
      },
    ]);
  });

  it('are one picture each if they are not cut', () => {
    const images = tinyImages(side, 1, 2);
    const [example] = bundleExamples(images, new Map([[2, filled(0.5)]]), [{ index: 2, file: undefined }]);
    expect(example?.path).toBe(images.samples[2]?.path);
    expect(example?.pixels).toEqual(Uint8Array.from(imageBytes(images, 2)));
    expect(example?.reconstruction).toEqual(filled(0.5).pixels);
  });
});
