/** Every setting and every value that has a meaning of its own is explained. */
import { describe, expect, it } from 'vitest';
import { lossNames, weightNames } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { scoreNames } from '#core/scores/score-names.ts';
import type { HintContent } from '../../ui/Hint.tsx';
import { controlHints } from './control-hints.ts';
import { lossHints, scoreHints, settingHints, weightHints } from './setting-hints.ts';

/** Settings whose meaning no equation holds. */
const inWordsOnly = [
  'loss',
  'side',
  'fit',
  'width',
  'epochs',
  'initialisation',
  'nonFiniteStep',
  'holdOutPercent',
  'calibrationBands',
  'seed',
  'evaluateEvery',
  'topPercent',
  'memoryBudgetMB',
  'microBatch',
];

describe('hints', () => {
  it('are there for every setting, loss, weight and score, as whole sentences', () => {
    expect(Object.keys(settingHints).sort()).toEqual(Object.keys(presets.paper).sort());
    expect(Object.keys(lossHints).sort()).toEqual([...lossNames].sort());
    expect(Object.keys(weightHints).sort()).toEqual([...weightNames].sort());
    expect(Object.keys(scoreHints).sort()).toEqual([...scoreNames].sort());
    const all = [settingHints, lossHints, weightHints, scoreHints, controlHints].flatMap((hints) =>
      Object.values<HintContent>(hints),
    );
    for (const { text } of all) expect(text).toMatch(/^\S.{12,}\.$/);
  });

  it('have an equation, but where words say it all', () => {
    const without = Object.entries(settingHints)
      .filter(([, { equation }]) => equation === undefined)
      .map(([name]) => name);
    expect(without.sort()).toEqual([...inWordsOnly].sort());
  });
});
