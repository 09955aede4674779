import { describe, expect, it } from 'vitest';
import { presets } from '../presets.ts';
import { waysOfScoring } from './compare-scores.ts';
import { scoreNames } from './score-names.ts';

describe('the ways of scoring', () => {
  it('are each score, with and without the mean, by each batch-norm mode', () => {
    const ways = waysOfScoring(presets.quickLook);
    expect(ways).toHaveLength(scoreNames.length * 2 * 2);
    expect(new Set(ways.map((way) => JSON.stringify(way))).size).toBe(ways.length);
  });

  it('leave out a band that would hold no frequency', () => {
    const ways = waysOfScoring({ ...presets.quickLook, bandLow: 0, bandHigh: 0.4 });
    expect(new Set(ways.map(({ bandLow }) => bandLow))).toEqual(new Set([0]));
  });
});
