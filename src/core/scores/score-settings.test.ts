import { describe, expect, it } from 'vitest';
import { ResiduaError } from '../errors.ts';
import type { ScoreName } from './score-names.ts';
import { checkScoreSettings, defaultScoreSettings, type ScoreSettings } from './score-settings.ts';

const problem = (side: number, wrong: Partial<ScoreSettings>): string => {
  try {
    checkScoreSettings(side, { ...defaultScoreSettings, ...wrong });
  } catch (error) {
    if (error instanceof ResiduaError && error.code === 'config-invalid') return error.problem;
    throw error;
  }
  return 'accepted';
};

describe('the settings of a score', () => {
  it('are valid by default and at the ends of their ranges', () => {
    expect(problem(32, {})).toBe('accepted');
    expect(problem(32, { bandLow: 16 * Math.SQRT2, blurSigma: 32, topPercent: 100 })).toBe('accepted');
    expect(problem(32, { bandLow: 5, bandHigh: 5 })).toBe('accepted');
  });

  it('are rejected with name, value and expectation', () => {
    expect(problem(64, { bandLow: 4, bandHigh: 2 })).toBe(
      'The setting bandHigh is 2: must be at least bandLow, 4.',
    );
    expect(problem(64, { bandLow: -1 })).toBe('The setting bandLow is -1: must be a radius of at least 0.');
    expect(problem(64, { bandLow: Number.NaN })).toContain('bandLow is NaN');
    expect(problem(64, { bandHigh: Number.NaN })).toContain('bandHigh is NaN');
    for (const topPercent of [0, -1, 101, Number.NaN]) {
      expect(problem(64, { topPercent })).toBe(
        `The setting topPercent is ${topPercent}: must be above 0 and at most 100.`,
      );
    }
    for (const blurSigma of [0, 33, Number.NaN]) {
      expect(problem(64, { blurSigma })).toBe(
        `The setting blurSigma is ${blurSigma}: must be above 0 and at most 32.`,
      );
    }
    // A name from outside the types, for instance from a file.
    expect(problem(64, { score: 'median' as ScoreName })).toContain(
      'The setting score is median: must be one of sum,',
    );
  });

  it('are rejected if no frequency lies in the band', () => {
    expect(problem(64, { bandLow: 0.2, bandHigh: 0.8 })).toBe(
      'The setting bandLow is 0.2: no frequency of a 64x64 image has a radius from it to bandHigh, 0.8 (widen the band).',
    );
    expect(problem(64, { bandLow: 46 })).toBe(
      'The setting bandLow is 46: must be at most 45.25, the largest radius at side 64 (lower it, or choose a larger side).',
    );
  });

  it('are rejected if the SSIM window is larger than the image', () => {
    expect(problem(8, { score: 'ssim' })).toBe(
      'The setting side is 8: the SSIM window needs at least 11 pixels.',
    );
    expect(problem(8, { score: 'sum' })).toBe('accepted');
  });
});
