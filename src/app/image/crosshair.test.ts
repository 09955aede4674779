import { beforeEach, describe, expect, it } from 'vitest';
import { clearCrosshair, crosshair, leave, moveBy, moveTo, pixelAt, togglePin } from './crosshair.ts';

describe('the crosshair', () => {
  beforeEach(() => crosshair.setState({ image: undefined, spectrum: undefined, pinned: false }));

  it('is on the center of a pixel', () => {
    moveTo('image', 0.3, 0.99, 4);
    expect(crosshair.getState().image).toEqual({ x: 0.375, y: 0.875 });
    expect(crosshair.getState().spectrum).toBeUndefined();
  });

  it('moves by pixels and stays inside', () => {
    moveBy('spectrum', 1, 0, 4);
    expect(crosshair.getState().spectrum).toEqual({ x: 0.875, y: 0.625 });
    moveBy('spectrum', 9, -9, 4);
    expect(crosshair.getState().spectrum).toEqual({ x: 0.875, y: 0.125 });
  });

  it('keeps its place in panels of another side', () => {
    moveTo('image', 0.5, 0.5, 64);
    expect(pixelAt(crosshair.getState().image?.x ?? 0, 128)).toBe(65);
  });

  it('can be pinned', () => {
    togglePin();
    expect(crosshair.getState().pinned).toBe(true);
  });

  it('leaves with the pointer, unless it is pinned', () => {
    moveTo('image', 0.5, 0.5, 64);
    leave('image');
    expect(crosshair.getState().image).toBeUndefined();
    moveTo('image', 0.5, 0.5, 64);
    togglePin();
    leave('image');
    expect(crosshair.getState().image).toBeDefined();
  });

  it('is cleared and released at once', () => {
    moveTo('image', 0.5, 0.5, 64);
    moveTo('spectrum', 0.5, 0.5, 64);
    togglePin();
    clearCrosshair();
    expect(crosshair.getState()).toEqual({ image: undefined, spectrum: undefined, pinned: false });
  });
});
