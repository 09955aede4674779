import { describe, expect, it } from 'vitest';
import { crc32 } from '#core/crc32.ts';
import { fits } from '#core/fit.ts';
import { regionOf } from '#core/picture-region.ts';
import golden from '#testing/golden/resize.golden.json' with { type: 'json' };
import { resizeRgb } from './resize-rgb.ts';

/** The same integer hash as in resize_golden.py. */
const hashedBytes = (count: number, seed: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, index) => {
    let value = (index + Math.imul(seed, 0x9e3779b9)) >>> 0;
    for (const factor of [0x85ebca6b, 0xc2b2ae35]) value = Math.imul(value ^ (value >>> 15), factor);
    return (value ^ (value >>> 16)) & 0xff;
  });

describe('resizing RGB', () => {
  it.each(golden.rgb)(
    'matches Pillow to the bit: $name',
    ({ name, width, height, side, extreme, ...expected }) => {
      const bytes = hashedBytes(width * height * 3, name.length);
      const pixels = extreme ? bytes.map((byte) => (byte < 128 ? 0 : 255)) : bytes;
      const resized = resizeRgb({ width, height, pixels }, side);
      expect(Array.from(resized.subarray(0, side * 3))).toEqual(expected.firstRow);
      expect(Array.from(resized.subarray(-side * 3))).toEqual(expected.lastRow);
      expect(crc32(resized)).toBe(expected.crc32);
    },
  );

  it.each([
    { width: 90, height: 41 },
    { width: 40, height: 77 },
    { width: 9, height: 20 },
    { width: 64, height: 100 },
    { width: 1, height: 3 },
  ])('is that of a part, with edges repeated beyond the image: $width x $height', ({ width, height }) => {
    const pixels = hashedBytes(width * height * 3, width);
    for (const fit of fits) {
      const region = regionOf(width, height, fit);
      const cut = new Uint8Array(region.width * region.height * 3);
      for (let y = 0; y < region.height; y++) {
        for (let x = 0; x < region.width; x++) {
          const row = Math.min(Math.max(region.top + y, 0), height - 1);
          const column = Math.min(Math.max(region.left + x, 0), width - 1);
          const from = (row * width + column) * 3;
          cut.set(pixels.subarray(from, from + 3), (y * region.width + x) * 3);
        }
      }
      const whole = resizeRgb({ width: region.width, height: region.height, pixels: cut }, 64);
      const part = resizeRgb({ width, height, pixels }, 64, region);
      expect(Buffer.from(part).equals(Buffer.from(whole)), fit).toBe(true);
    }
  });

  it('leaves a constant image constant at any size', () => {
    for (const [width, height] of [
      [5, 900],
      [333, 7],
      [64, 64],
    ]) {
      const resized = resizeRgb({ width, height, pixels: new Uint8Array(width * height * 3).fill(255) }, 64);
      expect(resized.every((value) => value === 255)).toBe(true);
    }
  });
});
