import { expect, it } from 'vitest';
import { tinyImages } from '#testing/tiny-images.ts';
import type { ImageSet } from '../dataset.ts';
import { imageChecksums, requireSameImages } from './image-checksums.ts';

const images = tinyImages(32, 3, 2);
const own = imageChecksums(images);
const checkAgainst = (loaded: ImageSet) => (): void => requireSameImages(own, imageChecksums(loaded));

it('accepts the same images, loaded again', () => {
  expect(checkAgainst(tinyImages(32, 3, 2))).not.toThrow();
});

it('names the first image with another pixel', () => {
  const pixels = images.pixels.slice();
  const length = 32 * 32 * 3;
  pixels[2 * length - 1]! ^= 1;
  expect(checkAgainst({ ...images, pixels })).toThrow(/train\/good\/001\.png has other pixels/);
});

it('names the first image at another place', () => {
  const [first, second, ...others] = images.samples;
  expect(checkAgainst({ ...images, samples: [second!, first!, ...others] })).toThrow(
    /image 1 is train\/good\/000\.png, and train\/good\/001\.png is loaded/,
  );
});

it('counts missing images, and says what to load', () => {
  expect(checkAgainst(tinyImages(32, 3, 1))).toThrow(
    /it has 5, and 4 are loaded\. Load the images that the run was trained on/,
  );
});
