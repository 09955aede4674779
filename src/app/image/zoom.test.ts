import { describe, expect, it } from 'vitest';
import { contentAt, pannedBy, revealing, setZoom, wholeContent, zoom, zoomedBy } from './zoom.ts';

const side = 64;

describe('zooming', () => {
  it('holds the content under the pointer in place', () => {
    const at = { x: 0.25, y: 0.75 };
    let now = wholeContent;
    for (const factor of [2, 1.5, 1.25, 0.5, 3]) {
      const before = contentAt(now, at);
      now = zoomedBy(now, factor, at, side);
      expect(contentAt(now, at).x).toBeCloseTo(before.x, 14);
      expect(contentAt(now, at).y).toBeCloseTo(before.y, 14);
    }
    expect(now.scale).toBe(5.625);
  });

  it('shows nothing beside the content when it goes back out elsewhere', () => {
    // Twice as large about the upper left corner shows [0, 0.5]; three quarters of that about the lower right corner would
    // show [-1/6, 0.5].
    const corner = zoomedBy(wholeContent, 2, { x: 0, y: 0 }, side);
    expect(zoomedBy(corner, 0.75, { x: 1, y: 1 }, side)).toEqual({ scale: 1.5, left: 0, top: 0 });
  });

  it('ends at the whole content and at four pixels across', () => {
    const at = { x: 0.3, y: 0.3 };
    expect(zoomedBy(wholeContent, 0.1, at, side)).toEqual(wholeContent);
    expect(zoomedBy(wholeContent, 1000, at, side).scale).toBe(16);
    expect(zoomedBy(wholeContent, 1000, at, 2).scale).toBe(1);
  });
});

describe('panning', () => {
  const middle = { scale: 4, left: 0.4, top: 0.4 };

  it('moves the content as far as the pointer', () => {
    const held = contentAt(middle, { x: 0.5, y: 0.5 });
    const moved = pannedBy(middle, 0.2, -0.1);
    expect(contentAt(moved, { x: 0.7, y: 0.4 }).x).toBeCloseTo(held.x, 14);
    expect(contentAt(moved, { x: 0.7, y: 0.4 }).y).toBeCloseTo(held.y, 14);
  });

  it('stops at the edges', () => {
    expect(pannedBy(middle, 9, -9)).toEqual({ scale: 4, left: 0, top: 0.75 });
    expect(pannedBy(wholeContent, 0.5, 0.5)).toEqual(wholeContent);
  });

  it('follows a place out of sight by as little as it takes', () => {
    // Of [0.4, 0.65], 0.7 with the margin of a pixel is seen from 0.7 + 1/64 - 0.25 on.
    expect(revealing(middle, { x: 0.7, y: 0.5 }, side)).toEqual({
      scale: 4,
      left: 0.7 + 1 / 64 - 0.25,
      top: 0.4,
    });
    expect(revealing(middle, { x: 0.1, y: 0.5 }, side).left).toBeCloseTo(0.1 - 1 / 64, 14);
    expect(revealing(wholeContent, { x: 0.99, y: 0.01 }, side)).toEqual(wholeContent);
  });
});

describe('the zoom of one kind', () => {
  it('is not that of the other, and says whether it changed', () => {
    const next = { scale: 2, left: 0, top: 0.5 };
    expect(setZoom('image', next)).toBe(true);
    expect(setZoom('image', { ...next })).toBe(false);
    expect(zoom.getState()).toEqual({ image: next, spectrum: wholeContent });
    setZoom('image', wholeContent);
  });
});
