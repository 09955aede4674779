import { describe, expect, it } from 'vitest';
import { settingFlags } from '#cli/settings-flags.ts';
import { lossNames, weightNames } from '#core/config.ts';
import { scoreNames } from '#core/scores/score-names.ts';
import { bandFlags, lossChoices, type MethodEntry, scoreChoices, weightChoices } from './method-tables.ts';

const names = (entries: readonly MethodEntry[]): string[] => entries.map(({ name }) => name);

describe('the tables of the method page', () => {
  it('hold every loss, weight and score, in the order of the settings', () => {
    expect(names(lossChoices)).toEqual([...lossNames]);
    expect(names(weightChoices)).toEqual([...weightNames]);
    expect(names(scoreChoices)).toEqual([...scoreNames]);
  });

  it('name only flags that a shell knows', () => {
    const known = settingFlags.map(({ flag }) => flag);
    const named = [...lossChoices, ...weightChoices, ...scoreChoices].flatMap(({ flags }) => flags);
    for (const flag of [...named, ...bandFlags]) expect(known).toContain(flag);
  });
});
