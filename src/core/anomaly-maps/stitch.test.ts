import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureCount } from '../picture-region.ts';
import { stitchedPart, stitchedSize, stitchMaps, stitchMasks } from './stitch.ts';

const stitchedImage = fc
  .record({
    width: fc.integer({ min: 1, max: 300 }),
    height: fc.integer({ min: 1, max: 300 }),
    side: fc.constantFrom(8, 16),
  })
  .filter(({ width, height }) => pictureCount(width, height, 'tiles') < 20);

const tilesOf = ({ width, height }: { readonly width: number; readonly height: number }): number[] =>
  Array.from({ length: pictureCount(width, height, 'tiles') }, (_, tile) => tile);

/** The part of a stitched array that a tile covers. */
const cutOut = (
  whole: ArrayLike<number>,
  wide: number,
  { left, top, width, height }: ReturnType<typeof stitchedPart>,
): number[] =>
  Array.from(
    { length: width * height },
    (_, at) => whole[(top + Math.floor(at / width)) * wide + left + (at % width)]!,
  );

describe('stitched maps', () => {
  it('are one tile if the image is square', () => {
    const map = Float32Array.from({ length: 64 }, (_, at) => at);
    expect(stitchMaps([map], { width: 30, height: 30, side: 8 })).toEqual(map);
  });

  it('have the mean of two tiles where they overlap', () => {
    // 12 x 8 pixels: tiles start at 0 and 4, and share four columns.
    const stitched = stitchMaps([new Float32Array(64).fill(1), new Float32Array(64).fill(4)], {
      width: 12,
      height: 8,
      side: 8,
    });
    expect([...stitched.subarray(0, 12)]).toEqual([1, 1, 1, 1, 2.5, 2.5, 2.5, 2.5, 4, 4, 4, 4]);
    expect(stitched).toHaveLength(96);
  });

  it('cover every pixel, from edge to edge', () => {
    fc.assert(
      fc.property(stitchedImage, (image) => {
        const { width, height } = stitchedSize(image);
        expect(Math.min(width, height)).toBe(image.side);
        const ones = tilesOf(image).map(() => new Float32Array(image.side ** 2).fill(1));
        expect(stitchMaps(ones, image)).toEqual(new Float32Array(width * height).fill(1));
        const last = stitchedPart(image, ones.length - 1);
        expect([last.left + last.width, last.top + last.height]).toEqual([width, height]);
      }),
    );
  });

  it('end with their last tile also where the scale is no exact number', () => {
    // The scale is 1 / 98: the last tile starts at 1.5 pixels, and the map ends at 33.5.
    const image = { width: 3283, height: 3136, side: 32 };
    expect(stitchedSize(image)).toEqual({ width: 34, height: 32 });
    expect(stitchedPart(image, 1)).toEqual({ left: 2, top: 0, width: 32, height: 32 });
  });

  it('give each tile back if all are cut from one array', () => {
    fc.assert(
      fc.property(stitchedImage, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), (image, values) => {
        const { width, height } = stitchedSize(image);
        const whole = Array.from({ length: width * height }, () => values.next().value as number);
        const parts = tilesOf(image).map((tile) => cutOut(whole, width, stitchedPart(image, tile)));
        // Small whole numbers have exact means.
        expect([
          ...stitchMaps(
            parts.map((part) => Float32Array.from(part)),
            image,
          ),
        ]).toEqual(whole);
        const marked = whole.map((value) => (value > 7 ? 1 : 0));
        const masks = parts.map((part) => Uint8Array.from(part, (value) => (value > 7 ? 1 : 0)));
        expect([...stitchMasks(masks, image)]).toEqual(marked);
      }),
    );
  });
});
