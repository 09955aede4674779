import { describe, expect, it } from 'vitest';
import type { PlainBaseline, PlainBaselines } from '#core/baselines/plain-baselines.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { baselineLines, differenceText } from './baseline-table.ts';

const scored = (value: number): Pick<PlainBaseline, 'scores' | 'imageAuroc' | 'interval'> => ({
  scores: [],
  imageAuroc: { defined: true, value },
  interval: { defined: true, lower: value / 2, upper: value },
});

const all: PlainBaselines = {
  baselines: [
    { name: 'brightness', ...scored(0.96), deviation: { defined: true, ...scored(0.5) } },
    { name: 'contrast', ...scored(0.5), deviation: { defined: false, reason: 'The spread is 0.' } },
    { name: 'mean-image', ...scored(0.7), settings: evaluationSettingsOf(presets.paper) },
  ],
  withoutReferences: undefined,
  goodImages: 3,
  calibrationImages: 3,
  difference: undefined,
};

describe('the printed baselines', () => {
  it('are an aligned table, then reasons for undefined values, then notices', () => {
    expect(baselineLines(all)).toEqual([
      'Without training   AUROC (95 % interval)   |s - median| / MAD',
      'brightness         0.960 (0.480 to 0.960)  0.500 (0.250 to 0.500)',
      'contrast           0.500 (0.250 to 0.500)  undefined',
      'mean-image by sum  0.700 (0.350 to 0.700)',
      'contrast: The spread is 0.',
      'Mean brightness alone separates this test set without training (AUROC 0.960). It knows nothing about defects, so any other figure on these images may come from it alone.',
    ]);
  });

  it('give the reason for undefined AUROCs once', () => {
    const none = { defined: false, reason: 'All images are normal.' } as const;
    const baselines = all.baselines.map(({ name }) => ({
      name,
      scores: [],
      imageAuroc: none,
      interval: none,
    }));
    const lines = baselineLines({
      ...all,
      baselines,
      withoutReferences: 'There are no good training images.',
    });
    expect(lines.slice(-2)).toEqual(['All images are normal.', 'There are no good training images.']);
    expect(lines[1]).toBe('brightness        undefined');
  });
});

describe('the difference to the variation model', () => {
  it('has signs, and its interval if there is one', () => {
    const interval = { defined: true, lower: -0.09, upper: 0.01 } as const;
    expect(differenceText({ defined: true, value: -0.046, interval })).toBe(
      '-0.046 to the variation model (-0.090 to +0.010)',
    );
    const without = { defined: false, reason: 'one image' } as const;
    expect(differenceText({ defined: true, value: 0.25, interval: without })).toBe(
      '+0.250 to the variation model',
    );
    expect(differenceText(without)).toBe('');
    expect(differenceText(undefined)).toBe('');
  });
});
