/** What each score does with the channels of an image, apart from the band. */
import type { BandFilter } from './band-filter.ts';
import { createGradientComparison } from './gradient-score.ts';
import { channels, readInput } from './residual-planes.ts';
import { createBlurredMaximum, createTopShare, type MapReduction } from './residual-scores.ts';
import type { ScoreScratch } from './score-scratch.ts';
import type { ScoreSettings } from './score-settings.ts';
import { checkWeight, createSpectralMeasure } from './spectral-score.ts';
import { createSsimComparison, type PlaneComparison } from './ssim-score.ts';

/** One kind of score on the planes of a `ScoreScratch`: something for each channel, in order, then the score. */
export interface Measure {
  /**
   * Adds what the residual in the scratch says to the scratch's map; the residual may be overwritten.
   * @param filter leaves the band of the residual; `spectral` has its band in the weight and does not use it
   * @param input RGB bytes of the whole image, [S, S, 3]
   * @param withMap whether the map is wanted by itself, not only for the score
   */
  addChannel(filter: BandFilter, input: Uint8Array, channel: number, withMap: boolean): void;
  /** The score of the image; the scratch's map is then the map that belongs to it. */
  finish(): number;
}

const sumOf: MapReduction = (map) => {
  let sum = 0;
  for (let i = 0; i < map.length; i++) sum += map[i];
  return sum;
};

/** The squared residual summed over channels, and the number that `reduce` makes of it. */
const residualMeasure = ({ residual, map }: ScoreScratch, reduce: MapReduction): Measure => ({
  addChannel: (filter) => {
    filter(residual);
    for (let i = 0; i < residual.length; i++) map[i] += residual[i] * residual[i];
  },
  finish: () => reduce(map),
});

/**
 * A comparison of x and y that is no function of the residual alone. The band is applied to the residual all the same:
 * y is replaced by x - filtered(x - y), which is what the reconstruction would be if it were perfect outside of the band.
 */
const comparisonMeasure = (
  { residual, input: x, map }: ScoreScratch,
  compare: PlaneComparison,
  reduce: MapReduction,
): Measure => ({
  addChannel: (filter, input, channel) => {
    filter(residual);
    readInput(input, channel, x);
    for (let i = 0; i < residual.length; i++) residual[i] = x[i] - residual[i];
    compare(x, residual, map);
  },
  finish: () => reduce(map),
});

const spectralMeasure = (
  { side, residual, map, transform }: ScoreScratch,
  { bandLow, bandHigh }: ScoreSettings,
  weight: Float32Array | undefined,
): Measure => {
  const spectral = createSpectralMeasure(transform(), checkWeight(side, weight), bandLow, bandHigh);
  let sum = 0;
  return {
    addChannel: (_filter, _input, channel, withMap) => {
      const weighted = spectral.measure(residual);
      sum = channel === 0 ? weighted : sum + weighted;
      if (withMap) spectral.addMap(map);
    },
    finish: () => sum / (channels * side * side),
  };
};

/**
 * The measure of the settings' score.
 * @param scratch what it works on, for as long as it lives
 * @throws RangeError where `spectral` has no weight of this side
 */
export const createMeasure = (
  scratch: ScoreScratch,
  settings: ScoreSettings,
  weight: Float32Array | undefined,
): Measure => {
  const { side } = scratch;
  switch (settings.score) {
    case 'sum':
      return residualMeasure(scratch, sumOf);
    case 'mean':
      return residualMeasure(scratch, (map) => sumOf(map) / (channels * side * side));
    case 'blurred-maximum':
      return residualMeasure(scratch, createBlurredMaximum(side, settings.blurSigma));
    case 'top-share':
      return residualMeasure(scratch, createTopShare(side, settings.topPercent));
    case 'ssim':
      return comparisonMeasure(scratch, createSsimComparison(side), (map) => {
        for (let i = 0; i < map.length; i++) map[i] /= channels;
        return sumOf(map) / map.length;
      });
    case 'gradient':
      return comparisonMeasure(scratch, createGradientComparison(side), sumOf);
    case 'spectral':
      return spectralMeasure(scratch, settings, weight);
  }
};
