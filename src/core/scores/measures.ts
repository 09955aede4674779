/** How each score accumulates the channels of an image, apart from the band. */
import type { Calibration } from '../calibration/calibration.ts';
import type { BandFilter } from './band-filter.ts';
import { createGradientComparison } from './gradient-score.ts';
import { channels, readInput } from './residual-planes.ts';
import { createBlurredMaximum, createTopShare, type MapReduction } from './residual-scores.ts';
import type { ScoreScratch } from './score-scratch.ts';
import type { ScoreSettings } from './score-settings.ts';
import { checkWeight, createSpectralMeasure } from './spectral-score.ts';
import { createSsimComparison, type PlaneComparison } from './ssim-score.ts';

/** Inputs of some scores besides an image and its reconstruction. */
export interface ScoreReferences {
  /** w(u, v) of the run, [S, S] row-major, unshifted; needed only by `spectral`. */
  readonly weight?: Float32Array | undefined;
  /** Calibration by good images with the settings' band and `calibrationBands`; needed if the residual is calibrated. */
  readonly calibration?: Calibration | undefined;
}

/** One kind of score on the planes of a `ScoreScratch`: it receives the channels in order, then returns the score. */
export interface Measure {
  /**
   * Adds the contribution of the scratch memory's residual to its map; the residual may be overwritten.
   * @param filter filters the residual to the band; `spectral` has its own bands instead
   * @param input RGB bytes of the whole image, [S, S, 3]
   * @param withMap whether the map itself is needed, not only for the score
   */
  addChannel(filter: BandFilter, input: Uint8Array, channel: number, withMap: boolean): void;
  /** Returns the score of the image, and completes its map in the scratch memory. */
  finish(): number;
}

const sumOf: MapReduction = (map) => {
  let sum = 0;
  for (let i = 0; i < map.length; i++) sum += map[i];
  return sum;
};

/** The squared residual summed over channels, and its reduction to one number. */
const residualMeasure = ({ residual, map }: ScoreScratch, reduce: MapReduction): Measure => ({
  addChannel: (filter) => {
    filter(residual);
    for (let i = 0; i < residual.length; i++) map[i] += residual[i] * residual[i];
  },
  finish: () => reduce(map),
});

/**
 * A comparison of x and y that is not a function of the residual alone. The band still applies to the residual: y becomes
 * x - filtered(x - y), the reconstruction if it were perfect outside the band.
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

/** How the map of a squared residual, raw or calibrated, is reduced to the score; undefined for the other scores. */
export const reductionOf = (
  side: number,
  { score, blurSigma, topPercent }: ScoreSettings,
): MapReduction | undefined => {
  switch (score) {
    case 'sum':
      return sumOf;
    case 'mean':
      return (map) => sumOf(map) / (channels * side * side);
    case 'blurred-maximum':
      return createBlurredMaximum(side, blurSigma);
    case 'top-share':
      return createTopShare(side, topPercent);
    default:
      return undefined;
  }
};

/**
 * Creates the measure for the settings' score of the raw residual.
 * @param scratch working memory of the measure, for its whole lifetime
 * @throws RangeError if a reference that the score needs is missing or of another size
 */
export const createMeasure = (
  scratch: ScoreScratch,
  settings: ScoreSettings,
  { weight }: ScoreReferences,
): Measure => {
  const { side } = scratch;
  const reduce = reductionOf(side, settings);
  if (reduce) return residualMeasure(scratch, reduce);
  switch (settings.score) {
    case 'ssim':
      return comparisonMeasure(scratch, createSsimComparison(side), (map) => {
        for (let i = 0; i < map.length; i++) map[i] /= channels;
        return sumOf(map) / map.length;
      });
    case 'gradient':
      return comparisonMeasure(scratch, createGradientComparison(side), sumOf);
    default:
      return spectralMeasure(scratch, settings, weight);
  }
};
