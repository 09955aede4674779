import { expect, it } from 'vitest';
import { lossNames } from './config.ts';
import { type PresetName, presetOf, presets, withPreset } from './presets.ts';

const names = Object.keys(presets) as PresetName[];

it('a preset does not change the loss, and the loss does not leave the preset', () => {
  for (const loss of lossNames) {
    for (const name of names) {
      const config = withPreset({ ...presets.quickLook, loss, seed: 5 }, name);
      expect(config).toEqual({ ...presets[name], loss, seed: 5 });
      expect(presetOf(config)).toBe(name);
    }
  }
});

it('any other setting leaves the preset', () => {
  expect(presetOf({ ...presets.paper, epochs: 7 })).toBeUndefined();
  expect(presetOf({ ...presets.paper, dcWeight: 1 })).toBeUndefined();
});
