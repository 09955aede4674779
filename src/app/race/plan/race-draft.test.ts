import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { contestantConfigs } from '#core/race.ts';
import {
  draftOf,
  type RaceDraft,
  variantsOf,
  withoutRival,
  withRival,
  withText,
  withTick,
} from './race-draft.ts';
import { raceNotes } from './race-notes.ts';
import { raceSettings } from './race-settings.ts';

const config = { ...presets.quickLook, loss: 'l2' } as const;
const setting = (key: string) => raceSettings.find((other) => other.key === key)!;

describe('a new draft', () => {
  it('has one rival with the loss of the paper', () => {
    expect(variantsOf(draftOf(config, []), config)).toEqual([{ loss: 'wfdl' }]);
    expect(variantsOf(draftOf({ ...config, loss: 'wfdl' }, []), config)).toEqual([{ loss: 'l2' }]);
  });

  it('has the settings and values of the planned race', () => {
    const planned = [{ loss: 'wfdl', width: 0.5 }, { loss: 'ssim' }] as const;
    expect(variantsOf(draftOf(config, planned), config)).toEqual([
      { loss: 'wfdl', width: 0.5 },
      { loss: 'ssim', width: 0.25 },
    ]);
  });
});

describe('editing a draft', () => {
  it('gives a ticked setting a value that differs from the first run, for each rival', () => {
    for (const chosen of raceSettings) {
      const only = withTick(
        withTick(withRival(draftOf(config, []), config), config, setting('loss'), false),
        config,
        chosen,
        true,
      );
      const [first, second] = variantsOf(only, config);
      expect(first?.[chosen.key], chosen.key).not.toBe(config[chosen.key]);
      // A third value exists for all settings but those of two values.
      if (!['schedule', 'initialisation'].includes(chosen.key))
        expect(() => contestantConfigs(config, [first!, second!]), chosen.key).not.toThrow();
    }
  });

  it('adds at most two rivals, and removes one', () => {
    const two = withRival(draftOf(config, []), config);
    expect(variantsOf(two, config)).toEqual([{ loss: 'wfdl' }, { loss: 'ssim' }]);
    expect(withRival(two, config)).toBe(two);
    expect(variantsOf(withoutRival(two, 0), config)).toEqual([{ loss: 'ssim' }]);
  });

  it('keeps the value of a setting whose tick is removed and set again', () => {
    const rate = setting('learningRate');
    const typed = withText(withTick(draftOf(config, []), config, rate, true), 0, 'learningRate', '0.25');
    const again = withTick(withTick(typed, config, rate, false), config, rate, true);
    expect(variantsOf(again, config)).toEqual([{ loss: 'wfdl', learningRate: 0.25 }]);
  });

  it('leaves a text that is no number to the check of the settings', () => {
    const batch = withTick(draftOf(config, []), config, setting('batch'), true);
    for (const text of ['', 'many']) {
      const variants = variantsOf(withText(batch, 0, 'batch', text), config);
      expect(() => contestantConfigs(config, variants)).toThrow(/batch/);
    }
  });
});

describe('the notes on a race', () => {
  const notesOf = (...keys: string[]) => {
    const ticked = keys.map(setting);
    const none: RaceDraft = { ...draftOf(config, []), ticked: [] };
    const draft = ticked.reduce((before, next) => withTick(before, config, next, true), none);
    return raceNotes(contestantConfigs(config, variantsOf(draft, config)), ticked).join(' ');
  };

  it('say that equal weights and batches are equal', () => {
    expect(notesOf('loss')).toBe('All start from equal weights and see equal batches.');
  });

  it('say why weights or batches cannot be equal', () => {
    expect(notesOf('width')).toMatch(/cannot start from equal ones/);
    expect(notesOf('batch')).toMatch(/different batches/);
    expect(notesOf('width')).not.toMatch(/equal batches/);
  });

  it('name a setting without an effect', () => {
    expect(notesOf('dcWeight')).toMatch(/DC weight has no effect on L2/);
  });
});
