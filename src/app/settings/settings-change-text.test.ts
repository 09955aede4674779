/** Words for changes of settings. */
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { presets, withPreset } from '#core/presets.ts';
import { type ChangeKind, changeBetween } from '#store/settings-history/state.ts';
import { settingsChangeText } from './settings-change-text.ts';

const base: RunConfig = presets.quickLook;
const text = (kind: ChangeKind, change: Partial<RunConfig>): string =>
  settingsChangeText(changeBetween(kind, base, { ...base, ...change }, 0)!);

describe('settingsChangeText', () => {
  it('names one setting with its values, as the page calls them', () => {
    expect(text('setting', { batch: 16 })).toBe('batch 8 → 16');
    expect(text('setting', { loss: 'l2' })).toBe('loss WFDL → L2');
    expect(text('setting', { bandHigh: 12 })).toBe('band high all → 12');
    expect(text('setting', { weightCurve: '0:0,1:2' })).toBe('weight curve');
  });

  it('names a preset, for any settings outside it', () => {
    const own = { ...base, seed: 9 };
    const change = changeBetween('preset', own, withPreset(own, 'paper'), 0)!;
    expect(settingsChangeText(change)).toBe('preset Paper');
  });

  it('counts the settings of a link and of the way back to a run', () => {
    expect(text('link', { seed: 1, batch: 4 })).toBe('2 settings from a link');
    expect(text('revert', { seed: 1, batch: 4 })).toBe('2 settings reverted to the run’s');
  });
});
