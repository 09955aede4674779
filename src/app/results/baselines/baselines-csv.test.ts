import { describe, expect, it } from 'vitest';
import { evaluateStatistic } from '#core/baselines/baseline-evaluation.ts';
import { presets } from '#core/presets.ts';
import { fakeReferences } from '#store/testing/fake-clients.ts';
import { differenceWords, toVariationModelWords } from '../../shared/difference.ts';
import { baselinesCsv, baselinesHeader } from './baselines-csv.ts';

describe('the baselines as CSV', () => {
  it('have a line each with all digits and the score of references, and empty cells for undefined values', () => {
    const anomalous = [false, false, false, true, true];
    const statistics = [
      evaluateStatistic('brightness', Float64Array.of(1, 2, 3, 0, 2.5), anomalous, [1, 2, 3]),
      evaluateStatistic('contrast', Float64Array.of(1, 2, 3, 4, 5), anomalous, [2, 2, 3]),
    ];
    const references = fakeReferences(presets.recommended);
    if (!references.defined) throw new Error(references.reason);
    const lines = baselinesCsv(statistics, [references.meanImage, references.variationModel]).split('\r\n');
    expect(lines[0]).toBe(baselinesHeader.join(','));
    const rows = lines.slice(1, 5).map((line) => line.split(','));
    for (const row of rows) expect(row).toHaveLength(baselinesHeader.length);
    // 2.5 beats two of three good images, 0 none.
    expect(rows[0].slice(0, 2)).toEqual(['brightness', String(1 / 3)]);
    expect(rows[0][4]).not.toBe('');
    expect(rows[1].slice(4, 7)).toEqual(['', '', '']);
    expect(rows[2].slice(7)).toEqual(['top-share', 'raw', '', '', '0.5', '400']);
    expect(rows[3].slice(7)).toEqual(['top-share', 'calibrated', '0.1', 'on', '0.5', '400']);
  });
});

describe('the difference to the variation model in words', () => {
  const interval = { defined: true, lower: -0.09, upper: 0.0101 } as const;
  const none = { defined: false, reason: 'One class.' } as const;

  it('has signs, and its interval if it is defined', () => {
    const difference = { defined: true, value: -0.0464, interval } as const;
    expect(differenceWords(difference)).toBe('−0.046 (−0.090 to +0.010)');
    expect(toVariationModelWords(difference)).toBe('−0.046 to the variation model (−0.090 to +0.010)');
    expect(differenceWords({ ...difference, interval: none })).toBe('−0.046');
  });

  it('is the reason if the difference is undefined', () => {
    expect(differenceWords(none)).toBe('undefined: One class.');
    expect(toVariationModelWords(none)).toBeUndefined();
    expect(toVariationModelWords(undefined)).toBeUndefined();
  });
});
