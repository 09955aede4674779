import { describe, expect, it } from 'vitest';
import { batchNormModes } from '../config.ts';
import { presets } from '../presets.ts';
import { mapOfWay, waysOfScoring } from './compare-scores.ts';
import { scoreNames } from './score-names.ts';

describe('the ways of scoring', () => {
  it('are each score of the raw residual, with and without the mean, by each batch-norm mode', () => {
    const ways = waysOfScoring(presets.quickLook, batchNormModes);
    expect(ways.filter(({ residual }) => residual === 'raw')).toHaveLength(scoreNames.length * 2 * 2);
    expect(new Set(ways.map((way) => JSON.stringify(way))).size).toBe(ways.length);
  });

  it('are each calibrated score with three poolings, in bands and without, on the band of the settings', () => {
    const ways = waysOfScoring({ ...presets.quickLook, bandLow: 2.5 }, batchNormModes);
    const calibrated = ways.filter(({ residual }) => residual === 'calibrated');
    expect(calibrated).toHaveLength(4 * 3 * 2);
    expect(new Set(calibrated.map(({ bandLow }) => bandLow))).toEqual(new Set([2.5]));
  });

  it('share their maps where only the reduction to one number differs', () => {
    const calibrated = waysOfScoring(presets.quickLook, []);
    // The sum, the mean and the top share of one map, and the blurred map, by six calibrations.
    expect(new Set(calibrated.map(mapOfWay)).size).toBe(2 * 6);
  });

  it('leave out a band that would hold no frequency', () => {
    const ways = waysOfScoring({ ...presets.quickLook, bandLow: 0, bandHigh: 0.4 }, batchNormModes);
    expect(new Set(ways.map(({ bandLow }) => bandLow))).toEqual(new Set([0]));
  });
});
