import { describe, expect, it } from 'vitest';
import { decisionWarnings, limitWarning } from './decision-warnings.ts';

const at = (falsePositives: number, trueNegatives: number) => ({
  truePositives: 3,
  falseNegatives: 0,
  falsePositives,
  trueNegatives,
});
const auroc = (value: number) => ({ defined: true, value }) as const;

describe('the warnings of a threshold', () => {
  it('name a threshold that rejects more than half of the good images', () => {
    expect(decisionWarnings(auroc(0.9), at(3, 2))).toEqual([
      'This threshold rejects 3 of 5 good images: more than half.',
    ]);
    expect(decisionWarnings(auroc(0.9), at(2, 2))).toEqual([]);
    expect(decisionWarnings(auroc(0.9), at(0, 0))).toEqual([]);
    expect(decisionWarnings(auroc(0.9), undefined)).toEqual([]);
  });

  it('name an AUROC near or below chance', () => {
    expect(decisionWarnings(auroc(0.5999), undefined)).toEqual([expect.stringContaining('AUROC 0.600')]);
    expect(decisionWarnings(auroc(0.6), undefined)).toEqual([]);
    expect(decisionWarnings({ defined: false, reason: 'One class.' }, at(0, 5))).toEqual([]);
  });
});

describe('the warning of a limit of false alarms', () => {
  const limit = (percent: number) => ({ kind: 'good-quantile', quantile: 1 - percent / 100 }) as const;

  it('names the fraction that the good images can show', () => {
    expect(limitWarning(limit(2), 13)).toContain('13 good images cannot show a fraction below 7.7 %');
    expect(limitWarning(limit(10), 10)).toBeUndefined();
    expect(limitWarning(limit(2), 0)).toBeUndefined();
    expect(limitWarning({ kind: 'f1-maximum' }, 13)).toBeUndefined();
  });
});
