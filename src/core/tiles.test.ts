import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SampleInfo } from './dataset.ts';
import { imageOfPicture, imagesOf, picturesOf, picturesOfImage } from './tiles.ts';

const image = (width: number, height: number): SampleInfo => ({
  path: `test/good/${width}x${height}.png`,
  ...{ split: 'test', defectType: 'good', anomalous: false, hasMask: false, width, height },
});

const size = fc.integer({ min: 1, max: 50 });
const images = fc
  .array(fc.tuple(size, size), { maxLength: 12 })
  .map((sizes) => sizes.map(([w, h]) => image(w, h)));

describe('images and their pictures', () => {
  it('are the same without tiles, and if every image is square', () => {
    const some = [image(30, 20), image(20, 20)];
    for (const fit of ['squeeze', 'pad', 'crop'] as const) expect(picturesOf(some, fit)).toEqual(some);
    expect(picturesOf([image(20, 20)], 'tiles')).toEqual([image(20, 20)]);
  });

  it('have a tile each for every started square of the longer side', () => {
    const some = [image(20, 20), image(41, 20), image(20, 40)];
    expect(picturesOf(some, 'tiles').map(({ width, height, tile }) => [width, height, tile])).toEqual([
      [20, 20, undefined],
      [41, 20, { index: 0, count: 3 }],
      [41, 20, { index: 1, count: 3 }],
      [41, 20, { index: 2, count: 3 }],
      [20, 40, { index: 0, count: 2 }],
      [20, 40, { index: 1, count: 2 }],
    ]);
  });

  it('lead back to each other', () => {
    fc.assert(
      fc.property(images, (some) => {
        const pictures = picturesOf(some, 'tiles');
        expect(imagesOf(pictures)).toEqual(some);
        const places = some.map((_, index) => picturesOfImage(pictures, index));
        expect(places.flat()).toEqual(pictures.map((_, index) => index));
        for (const [index, place] of places.entries()) {
          for (const picture of place) expect(imageOfPicture(pictures, picture)).toBe(index);
        }
        expect(picturesOfImage(pictures, some.length)).toEqual([]);
      }),
    );
  });
});
