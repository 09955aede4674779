import { describe, expect, it } from 'vitest';
import { fits } from '#core/fit.ts';
import { regionOf } from '#core/picture-region.ts';
import { type Mask, resizeMask } from './resize-mask.ts';

const maskOf = (width: number, height: number, isMarked: (x: number, y: number) => boolean): Mask => ({
  width,
  height,
  pixels: Uint8Array.from({ length: width * height }, (_, index) =>
    isMarked(index % width, Math.floor(index / width)) ? 1 : 0,
  ),
});

/** Positions [x, y] of the marks. */
const marksOf = (pixels: Uint8Array, side: number): number[][] =>
  Array.from(pixels.keys())
    .filter((index) => pixels[index] === 1)
    .map((index) => [index % side, Math.floor(index / side)]);

/** Overlap of [a, a + 1) * aLength with [b, b + 1) * bLength, as an integer. */
const overlap = (a: number, aLength: number, b: number, bLength: number): number =>
  Math.max(0, Math.min((a + 1) * aLength, (b + 1) * bLength) - Math.max(a * aLength, b * bLength));

/** The definition, pixel by pixel in exact integers: a source pixel has area side^2, a target pixel width * height. */
const reference = ({ width, height, pixels }: Mask, side: number): { pixels: number[]; thin: boolean } => {
  const areas: number[] = [];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let area = 0;
      for (
        let row = Math.floor((y * height) / side);
        row < Math.min(height, ((y + 1) * height) / side);
        row++
      ) {
        const from = Math.floor((x * width) / side);
        for (let column = from; column < Math.min(width, ((x + 1) * width) / side); column++) {
          if (pixels[row * width + column] === 1)
            area += overlap(column, side, x, width) * overlap(row, side, y, height);
        }
      }
      areas.push(area);
    }
  }
  const largest = areas.reduce((most, area) => Math.max(most, area));
  const thin = largest > 0 && 2 * largest < width * height;
  return {
    pixels: areas.map((area) => Number(2 * area >= width * height || (thin && area === largest))),
    thin,
  };
};

/** An integer hash of the index, 0 to 99. */
const hashed = (index: number): number => {
  const value = Math.imul(index ^ (index >>> 15), 0x85ebca6b);
  return ((value ^ (value >>> 13)) >>> 0) % 100;
};

describe('resizing masks', () => {
  it.each([
    [256, 256, 32, 50],
    [256, 256, 64, 3],
    [900, 900, 32, 45],
    [700, 700, 64, 50],
    [37, 53, 32, 50],
    [53, 37, 32, 4],
    [1023, 901, 96, 50],
    [100, 700, 256, 30],
    [3, 5, 32, 40],
    [7, 1, 64, 50],
    [16, 16, 32, 50],
    [33, 33, 64, 10],
    [333, 517, 512, 50],
    [5, 800, 512, 2],
    [64, 64, 64, 50],
  ])('matches the exact definition: %i x %i to %i, %i %% marked', (width, height, side, percent) => {
    const mask = maskOf(width, height, (x, y) => hashed(y * width + x) < percent);
    const { pixels, thin } = resizeMask(mask, side);
    const expected = reference(mask, side);
    expect(thin).toBe(expected.thin);
    expect(Buffer.from(pixels).equals(Buffer.from(expected.pixels))).toBe(true);
  });

  it.each([
    [90, 41, 32, 50],
    [41, 90, 64, 3],
    [9, 20, 32, 40],
    [5, 800, 64, 2],
  ])(
    'is that of a part, unmarked beyond the mask: %i x %i to %i, %i %% marked',
    (width, height, side, percent) => {
      const isMarked = (x: number, y: number): boolean =>
        x >= 0 && x < width && y >= 0 && y < height && hashed(y * width + x) < percent;
      const mask = maskOf(width, height, isMarked);
      for (const fit of fits) {
        const region = regionOf(width, height, fit);
        const cut = maskOf(region.width, region.height, (x, y) => isMarked(region.left + x, region.top + y));
        expect(resizeMask(mask, side, region), fit).toEqual(resizeMask(cut, side));
      }
    },
  );

  it('marks a pixel that is exactly half covered, and no pixel just below', () => {
    // Each target pixel covers 8 x 8 source pixels: the first has 32 marks, the second 31.
    const mask = maskOf(256, 256, (x, y) => y < 4 && x < 16 && !(x === 15 && y === 3));
    expect(resizeMask(mask, 32)).toEqual({
      pixels: maskOf(32, 32, (x, y) => x === 0 && y === 0).pixels,
      thin: false,
    });
  });

  it('counts partial pixels exactly if the sides do not divide each other', () => {
    // A target pixel is 1.5 source pixels wide. Column 1 is shared: target columns 0 and 1 each have half a pixel of it.
    const halfOfWidth = maskOf(48, 48, (x) => x === 1);
    // 0.5 / 1.5 is below one half in both. The fractions tie, so both columns are marked.
    expect(resizeMask(halfOfWidth, 32)).toEqual({ pixels: maskOf(32, 32, (x) => x <= 1).pixels, thin: true });
    // Column 0 fills two thirds of target column 0.
    expect(
      resizeMask(
        maskOf(48, 48, (x) => x === 0),
        32,
      ),
    ).toEqual({
      pixels: maskOf(32, 32, (x) => x === 0).pixels,
      thin: false,
    });
    // 3/4 of the width times 2/3 of the height is exactly one half, in fractions that float64 cannot represent.
    const exactlyHalf = maskOf(32 * 4, 32 * 3, (x, y) => x < 3 && y < 2);
    expect(resizeMask(exactlyHalf, 32)).toEqual({
      pixels: maskOf(32, 32, (x, y) => x === 0 && y === 0).pixels,
      thin: false,
    });
  });

  it.each([32, 64, 96, 128, 256, 512])(
    'never loses a single marked pixel of 1024 x 1024 at side %i',
    (side) => {
      const pixelsPerSide = 1024 / side;
      for (const [x, y] of [
        [0, 0],
        [511, 1023],
        [700, 333],
      ]) {
        const { pixels, thin } = resizeMask(
          maskOf(1024, 1024, (column, row) => column === x && row === y),
          side,
        );
        expect(thin).toBe(true);
        expect(marksOf(pixels, side)).toContainEqual([
          Math.floor(x / pixelsPerSide),
          Math.floor(y / pixelsPerSide),
        ]);
      }
    },
  );

  it('marks exactly the pixels with the largest fraction if none reaches one half', () => {
    // Two defects of 2 source pixels and one of 1, in cells of 4 x 4 source pixels.
    const mask = maskOf(
      128,
      128,
      (x, y) => (y === 0 && (x < 2 || x === 9 || x === 10)) || (x === 5 && y === 77),
    );
    const { pixels, thin } = resizeMask(mask, 32);
    expect(thin).toBe(true);
    expect(marksOf(pixels, 32)).toEqual([
      [0, 0],
      [2, 0],
    ]);
  });

  it('drops a small defect beside one that reaches one half: the mask still has marks and is not thin', () => {
    const mask = maskOf(128, 128, (x, y) => (x < 4 && y < 4) || (x === 100 && y === 100));
    expect(resizeMask(mask, 32)).toEqual({
      pixels: maskOf(32, 32, (x, y) => x === 0 && y === 0).pixels,
      thin: false,
    });
  });

  it.each([
    [1, 1],
    [1, 300],
    [1024, 1024],
    [20, 33],
  ])('leaves an empty mask of %i x %i empty, and a full one full', (width, height) => {
    for (const side of [32, 512]) {
      const empty = resizeMask(
        maskOf(width, height, () => false),
        side,
      );
      expect([empty.pixels.includes(1), empty.thin]).toEqual([false, false]);
      const full = resizeMask(
        maskOf(width, height, () => true),
        side,
      );
      expect([full.pixels.includes(0), full.thin]).toEqual([false, false]);
    }
  });

  it('enlarges by integer factors without a change of shape', () => {
    const mask = maskOf(16, 16, (x, y) => hashed(y * 16 + x) < 50);
    const { pixels } = resizeMask(mask, 64);
    expect(pixels).toEqual(maskOf(64, 64, (x, y) => mask.pixels[(y >> 2) * 16 + (x >> 2)] === 1).pixels);
  });

  it('sums exactly at the largest supported size', () => {
    // 8000 x 8000 pixels: the left half of one target pixel, then the same without one source pixel.
    const half = { width: 8000, height: 8000, pixels: new Uint8Array(8000 * 8000) };
    for (let y = 0; y < 250; y++) half.pixels.fill(1, y * 8000, y * 8000 + 125);
    expect(resizeMask(half, 32).thin).toBe(false);
    half.pixels[0] = 0;
    const { pixels, thin } = resizeMask(half, 32);
    expect([thin, marksOf(pixels, 32)]).toEqual([true, [[0, 0]]]);
  });
});
