import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits } from './fit.ts';
import { regionOf, shownPart } from './picture-region.ts';

const size = fc.integer({ min: 1, max: 4000 });
const side = fc.constantFrom(32, 64, 128, 256, 512);

describe('the region of a picture', () => {
  it('is the whole image if it is squeezed, and of a square image with every fit', () => {
    expect(regionOf(300, 200, 'squeeze')).toEqual({ left: 0, top: 0, width: 300, height: 200 });
    for (const fit of fits) expect(regionOf(70, 70, fit)).toEqual({ left: 0, top: 0, width: 70, height: 70 });
  });

  it('is the center, or reaches beyond the shorter side, with the odd pixel at the end', () => {
    expect(regionOf(301, 200, 'crop')).toEqual({ left: 50, top: 0, width: 200, height: 200 });
    expect(regionOf(200, 301, 'crop')).toEqual({ left: 0, top: 50, width: 200, height: 200 });
    expect(regionOf(301, 200, 'pad')).toEqual({ left: 0, top: -50, width: 301, height: 301 });
    expect(regionOf(200, 301, 'pad')).toEqual({ left: -50, top: 0, width: 301, height: 301 });
  });

  it('of a padded image encloses it, and of a cropped one lies inside, both centered to one pixel', () => {
    fc.assert(
      fc.property(size, size, (width, height) => {
        const pad = regionOf(width, height, 'pad');
        const crop = regionOf(width, height, 'crop');
        for (const { left, top, width: across, height: down } of [pad, crop]) {
          expect(across).toBe(down);
          // The margins at both ends are equal, or the last one has the odd pixel.
          expect([0, 1]).toContain(Math.abs(width - (left + across)) - Math.abs(left));
          expect([0, 1]).toContain(Math.abs(height - (top + down)) - Math.abs(top));
        }
        expect([pad.left <= 0, pad.top <= 0, crop.left >= 0, crop.top >= 0]).toEqual([
          true,
          true,
          true,
          true,
        ]);
        expect([pad.width, crop.width]).toEqual([Math.max(width, height), Math.min(width, height)]);
      }),
    );
  });
});

describe('the part of a picture that shows the image', () => {
  it('is all of it, unless it is padded', () => {
    fc.assert(
      fc.property(size, size, side, (width, height, side) => {
        const whole = { left: 0, top: 0, width: side, height: side };
        expect(shownPart(width, height, { side, fit: 'squeeze' })).toEqual(whole);
        expect(shownPart(width, height, { side, fit: 'crop' })).toEqual(whole);
      }),
    );
  });

  it('of a padded picture, mapped back to the file, covers the image and less than a pixel more', () => {
    fc.assert(
      fc.property(size, size, side, (width, height, side) => {
        const region = regionOf(width, height, 'pad');
        const part = shownPart(width, height, { side, fit: 'pad' });
        const pixel = region.width / side;
        const spans = [
          [region.left, part.left, part.width, width],
          [region.top, part.top, part.height, height],
        ] as const;
        for (const [start, from, length, size] of spans) {
          const [first, last] = [start + from * pixel, start + (from + length) * pixel];
          // Rounding of the products is far below a millionth of a pixel.
          expect(first).toBeLessThanOrEqual(1e-6);
          expect(first).toBeGreaterThan(-pixel - 1e-6);
          expect(last).toBeGreaterThanOrEqual(size - 1e-6);
          expect(last).toBeLessThan(size + pixel + 1e-6);
          expect([from >= 0, length >= 1, from + length <= side]).toEqual([true, true, true]);
        }
      }),
    );
  });
});
