import { describe, expect, it } from 'vitest';
import { batchNormModes } from '../config.ts';
import { presets } from '../presets.ts';
import { mapOfWay, waysOfScoring } from './compare-scores.ts';
import { scoreNames } from './score-names.ts';

describe('the compared scores', () => {
  it('include each score of the raw residual, with and without the mean, in each batch-norm mode', () => {
    const ways = waysOfScoring(presets.quickLook, batchNormModes);
    expect(ways.filter(({ residual }) => residual === 'raw')).toHaveLength(scoreNames.length * 2 * 2);
    expect(new Set(ways.map((way) => JSON.stringify(way))).size).toBe(ways.length);
  });

  it('include each calibrated score with three poolings, with and without bands, on the band of the settings', () => {
    const ways = waysOfScoring({ ...presets.quickLook, bandLow: 2.5 }, batchNormModes);
    const calibrated = ways.filter(({ residual }) => residual === 'calibrated');
    expect(calibrated).toHaveLength(4 * 3 * 2);
    expect(new Set(calibrated.map(({ bandLow }) => bandLow))).toEqual(new Set([2.5]));
  });

  it('share maps if only the reduction to one number differs', () => {
    const calibrated = waysOfScoring(presets.quickLook, []);
    // One map for the sum, the mean and the top share, and one blurred map, for each of six calibrations.
    expect(new Set(calibrated.map(mapOfWay)).size).toBe(2 * 6);
  });

  it('omit a band without frequencies', () => {
    const ways = waysOfScoring({ ...presets.quickLook, bandLow: 0, bandHigh: 0.4 }, batchNormModes);
    expect(new Set(ways.map(({ bandLow }) => bandLow))).toEqual(new Set([0]));
  });
});
