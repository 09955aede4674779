import { describe, expect, it } from 'vitest';
import { cssGradient, inferno, levelOf, viridis } from './color-map.ts';
import { maskOutline } from './mask-outline.ts';
import { largest, paintMap, paintMaskOver, paintResidualOver, paintRgb } from './paint.ts';
import { paintResidualOnScale } from './painted.ts';

/** Ends of the published tables of matplotlib: viridis #440154 to #fde725, inferno #000004 to #fcffa4. */
const ends = [
  { name: 'viridis', table: viridis, first: [0x44, 0x01, 0x54, 255], last: [0xfd, 0xe7, 0x25, 255] },
  { name: 'inferno', table: inferno, first: [0x00, 0x00, 0x04, 255], last: [0xfc, 0xff, 0xa4, 255] },
];

describe('color maps', () => {
  it.each(ends)('$name runs from its first to its last color', ({ table, first, last }) => {
    expect([...paintMap(Float32Array.of(2, 4), table, 2, 4)]).toEqual([...first, ...last]);
  });

  it('become a gradient from the bottom up', () => {
    expect(cssGradient(viridis)).toMatch(/^linear-gradient\(0deg, #440154, .*#fde725\)$/);
  });

  it('clamp values outside the scale, and paint everything at the lower end of an empty one', () => {
    expect([levelOf(-1, 0, 1), levelOf(9, 0, 1), levelOf(5, 5, 5)]).toEqual([0, 255, 0]);
  });
});

describe('painting', () => {
  it('makes opaque pixels of RGB', () => {
    expect([...paintRgb(Float32Array.of(0, 0.5, 1))]).toEqual([0, 128, 255, 255]);
  });

  it('shows the bare input where nothing lies over it', () => {
    const input = Float32Array.of(0.2, 0.4, 0.6);
    expect(paintResidualOver(input, Float32Array.of(0), 1, 1)).toEqual(paintRgb(input));
    expect(paintResidualOver(input, Float32Array.of(1), 1, 0)).toEqual(paintRgb(input));
    expect(paintMaskOver(input, Uint8Array.of(0), 1)).toEqual(paintRgb(input));
  });

  it('shows the largest residual in the last color at full opacity', () => {
    const pixels = paintResidualOver(Float32Array.of(0, 0, 0), Float32Array.of(1), 1, 1);
    expect([...pixels]).toEqual([0xfc, 0xff, 0xa4, 255]);
  });

  it('gives a quarter of the largest residual the color halfway up, as shown by the bar', () => {
    const half = paintMap(Float32Array.of(0.5), inferno, 0, 1);
    const { pixels, scale } = paintResidualOnScale({
      residual: Float32Array.of(0, 0.5, 2),
      calibrated: false,
    });
    expect([...pixels]).toEqual([...ends[1].first, ...half, ...ends[1].last]);
    expect(scale).toMatchObject({ lower: 0, middle: 0.5, upper: 2 });
    const over = paintResidualOver(Float32Array.of(0, 0, 0), Float32Array.of(0.5), 2, 1);
    const cover = Math.sqrt(128 / 255);
    expect([...over.slice(0, 3)]).toEqual([...half.slice(0, 3)].map((value) => Math.round(value * cover)));
  });

  it('finds the largest value', () => {
    expect([largest(Float32Array.of(1, 3, 2)), largest(new Float32Array(0))]).toEqual([3, 0]);
  });
});

describe('the outline of a mask', () => {
  it('runs around one pixel', () => {
    expect(maskOutline(Uint8Array.of(0, 0, 0, 1), 2)).toBe('M1 1H2M1 2H2M1 1V2M2 1V2');
  });

  it('joins edges and leaves out those inside', () => {
    expect(maskOutline(Uint8Array.of(1, 1, 1, 1), 2)).toBe('M0 0H2M0 2H2M0 0V2M2 0V2');
  });

  it('is empty without a mask', () => {
    expect(maskOutline(new Uint8Array(4), 2)).toBe('');
  });
});
