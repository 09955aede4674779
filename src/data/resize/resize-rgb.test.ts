import { describe, expect, it } from 'vitest';
import { crc32 } from '#core/crc32.ts';
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
