import { describe, expect, it } from 'vitest';
import { hashValues } from '#testing/hash-values.ts';
import { frequencyWeight } from '../frequency-weight/frequency-weight.ts';
import { presets } from '../presets.ts';
import { radialPower } from '../spectrum/radial-power.ts';
import { createScorer } from './create-scorer.ts';
import { lowCutCurve } from './low-cut-curve.ts';
import { createLowCutScorer } from './low-cut-scores.ts';
import { scoreNames } from './score-names.ts';
import { defaultScoreSettings } from './score-settings.ts';

const side = 32;
const weight = frequencyWeight({ ...presets.paper, weight: 'radial-literal', dcWeight: 1 }, side, side);
const input = Uint8Array.from(hashValues(3 * side * side, 1, 0, 256));
const noise = hashValues(3 * side * side, 2, -0.1, 0.15);
const reconstruction = Float32Array.from(input, (byte, i) => byte / 255 + noise[i]);

describe('the scores at many low cut-offs', () => {
  for (const score of scoreNames) {
    it(`${score}: match the score of each band, in any order`, () => {
      const cutoffs = [4, 0, 0.5, 2.5, 2.5, 11];
      const settings = { ...defaultScoreSettings, score, bandHigh: 13 };
      const scores = createLowCutScorer(side, settings, cutoffs, weight).score(input, reconstruction);
      for (const [index, bandLow] of cutoffs.entries()) {
        const { score: expected } = createScorer(side, { ...settings, bandLow }, { weight }).scoreOnly(
          input,
          reconstruction,
        );
        // Sums over frequencies instead of pixels: thousands of positive terms, each with some 40 roundings.
        expect(Math.abs(scores[index] / expected - 1)).toBeLessThan(1e-12);
      }
    });
  }

  it('of the sum match the radial power from the next whole radius on', () => {
    const scorer = createLowCutScorer(side, defaultScoreSettings, [0, 0.5, 1.5, 7.5]);
    const residual = Float64Array.from(reconstruction, (value, i) => input[i] / 255 - value);
    // The power of all radii adds up to the mean square; Eq. 9 is the sum.
    const energies = radialPower(residual, side).map((power) => power * residual.length);
    const scores = scorer.score(input, reconstruction);
    for (const [index, radius] of [0, 1, 2, 8].entries()) {
      const expected = energies.slice(radius).reduce((sum, energy) => sum + energy);
      expect(Math.abs(scores[index] / expected - 1)).toBeLessThan(1e-12);
    }
  });

  it('rejects a cut-off without frequencies, naming it', () => {
    expect(() => createLowCutScorer(side, defaultScoreSettings, [0, 23])).toThrow('bandLow is 23');
    expect(() => createLowCutScorer(side, { ...defaultScoreSettings, score: 'spectral' }, [0])).toThrow(
      'needs 32 x 32 weights',
    );
  });
});

describe('the curve of AUROC against the low cut-off', () => {
  it('reveals a defect that brightness hides', () => {
    // The normal image is too bright by 1/4 everywhere, and the anomalous one has stripes of +-1/8. By Eq. 9 the normal image
    // is worse (1/16 against 1/64 per value); without the mean it is perfect.
    const black = new Uint8Array(3 * side * side);
    const bright = new Float32Array(black.length).fill(0.25);
    const striped = Float32Array.from(black, (_, i) => (Math.floor(i / 3) % 2 === 0 ? 0.125 : -0.125));
    const scorer = createLowCutScorer(side, defaultScoreSettings, [0, 0.5]);
    const scores = [bright, striped].map((image) => scorer.score(black, image));
    expect(lowCutCurve([0, 0.5], scores, [false, true])).toEqual([
      { bandLow: 0, imageAuroc: { defined: true, value: 0 } },
      { bandLow: 0.5, imageAuroc: { defined: true, value: 1 } },
    ]);
  });

  it('is undefined for one class, and rejects scores of other cut-offs', () => {
    expect(lowCutCurve([0], [Float64Array.of(1)], [false])[0].imageAuroc.defined).toBe(false);
    expect(() => lowCutCurve([0, 1], [Float64Array.of(1)], [false])).toThrow('1 scores for 2 cut-offs');
  });
});
