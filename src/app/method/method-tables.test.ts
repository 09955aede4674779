import { describe, expect, it } from 'vitest';
import { settingFlags } from '#cli/settings-flags.ts';
import { lossNames, weightNames } from '#core/config.ts';
import { lossChoices, type MethodEntry, weightChoices } from './method-tables.ts';

const names = (entries: readonly MethodEntry[]): string[] => entries.map(({ name }) => name);

describe('the tables of the method page', () => {
  it('hold every loss and every weight, in the order of the settings', () => {
    expect(names(lossChoices)).toEqual([...lossNames]);
    expect(names(weightChoices)).toEqual([...weightNames]);
  });

  it('name only flags that a shell knows', () => {
    const known = settingFlags.map(({ flag }) => flag);
    for (const { flags } of [...lossChoices, ...weightChoices]) {
      for (const flag of flags) expect(known).toContain(flag);
    }
  });
});
