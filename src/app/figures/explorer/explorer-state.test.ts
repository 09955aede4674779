import { describe, expect, it } from 'vitest';
import {
  bandOf,
  cutOffAt,
  cutOffsOf,
  explorerPresets,
  formatRadius,
  initialExplorer,
  isAtPreset,
  largestCutOff,
  moveCutOff,
  withMode,
} from './explorer-state.ts';

const side = 64;
const everything = Number.POSITIVE_INFINITY;
const band = { ...initialExplorer, mode: 'band', inner: 4, outer: 10 } as const;

describe('cut-offs', () => {
  it('move in halves, and end beyond the corner at 45.25', () => {
    expect(largestCutOff(side)).toBe(45.5);
    expect(moveCutOff(initialExplorer, 'outer', 12.3, side).outer).toBe(12.5);
    expect(moveCutOff(initialExplorer, 'outer', 99, side).outer).toBe(45.5);
    expect(moveCutOff(initialExplorer, 'outer', -3, side).outer).toBe(0);
  });

  it('of a band do not pass each other', () => {
    expect(moveCutOff(band, 'inner', 30, side).inner).toBe(10);
    expect(moveCutOff(band, 'outer', 1, side).outer).toBe(4);
    expect(cutOffsOf('band')).toEqual(['inner', 'outer']);
  });

  it('are in order when the mode becomes a band', () => {
    const { inner, outer } = withMode({ ...initialExplorer, inner: 8, outer: 3 }, 'band', side);
    expect(inner).toBe(8);
    expect(outer).toBeGreaterThan(8);
    const atTheEnd = withMode({ ...initialExplorer, inner: 60, outer: 3 }, 'band', side);
    expect(atTheEnd.inner).toBeLessThanOrEqual(atTheEnd.outer);
  });

  it('are at the far end in an image that is too small for them', () => {
    expect(cutOffAt({ ...initialExplorer, outer: 100 }, 'outer', side)).toBe(45.5);
  });

  it('are put in words', () => {
    expect(formatRadius(12.5, side)).toBe('radius 12.5 cycles per image');
    expect(formatRadius(1, side)).toBe('radius 1 cycle per image');
    expect(formatRadius(45.5, side)).toContain('removes nothing');
  });
});

describe('the band', () => {
  it('has the ends of its mode', () => {
    expect(bandOf({ ...band, mode: 'low' }, side)).toEqual({ inner: 0, outer: 10, edges: 'ideal' });
    expect(bandOf({ ...band, mode: 'high' }, side)).toEqual({ inner: 4, outer: everything, edges: 'ideal' });
    expect(bandOf(band, side)).toEqual({ inner: 4, outer: 10, edges: 'ideal' });
  });

  it('has no upper end if the handle is beyond the corner', () => {
    expect(bandOf({ ...band, outer: 45.5 }, side).outer).toBe(everything);
  });
});

describe('presets', () => {
  it('match the settings that they make', () => {
    for (const preset of explorerPresets) {
      const state = { ...band, ...preset.settings(side) };
      expect(explorerPresets.filter((other) => isAtPreset(state, other, side))).toEqual([preset]);
    }
  });

  it('pass all frequencies, the two parts of one cut, and all but the mean', () => {
    const bands = explorerPresets.map(({ settings }) =>
      bandOf({ ...initialExplorer, ...settings(256) }, 256),
    );
    expect(bands).toEqual([
      { inner: 0, outer: everything, edges: 'ideal' },
      { inner: 0, outer: 16, edges: 'ideal' },
      { inner: 16, outer: everything, edges: 'ideal' },
      { inner: 0.5, outer: everything, edges: 'ideal' },
    ]);
  });
});
