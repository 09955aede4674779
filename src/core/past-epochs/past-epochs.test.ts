import { describe, expect, it } from 'vitest';
import { tinyImages } from '#testing/tiny-images.ts';
import { imageSignature, isSameImages, runMark } from './past-epochs.ts';

describe('the signature of images', () => {
  const images = tinyImages(16, 2, 3);
  const indices = [2, 3, 4];

  it('tolerates another decoder, but neither other images nor another order', () => {
    const signature = imageSignature(images, indices);
    const levelOff = {
      ...images,
      pixels: images.pixels.map((value, i) => (i % 3 === 0 ? Math.min(255, value + 1) : value)),
    };
    expect(isSameImages(signature, imageSignature(levelOff, indices))).toBe(true);
    const brighter = { ...images, pixels: images.pixels.map((value) => Math.min(255, value + 1)) };
    expect(isSameImages(signature, imageSignature(brighter, indices))).toBe(false);
    expect(isSameImages(signature, imageSignature(images, [3, 2, 4]))).toBe(false);
    expect(isSameImages(signature, imageSignature(images, [2, 3]))).toBe(false);
  });

  it('distinguishes equal images at other paths', () => {
    const samples = images.samples.map((sample) => ({ ...sample, path: `other/${sample.path}` }));
    const signature = imageSignature(images, indices);
    expect(isSameImages(signature, imageSignature({ ...images, samples }, indices))).toBe(false);
  });
});

describe('the mark of a run', () => {
  it('changes with each bit of each loss, and with their number', () => {
    const losses = [1 / 3, 0.1 + 0.2, 7].map((loss) => ({ loss }));
    const others = [
      losses.slice(0, 2),
      losses.toReversed(),
      losses.with(1, { loss: 0.3 }),
      losses.with(0, { loss: -1 / 3 }),
      [],
    ];
    expect(new Set([losses, ...others].map(runMark)).size).toBe(1 + others.length);
    expect(runMark(losses)).toBe(runMark([...losses]));
  });
});
