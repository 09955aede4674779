/** The anomaly score of an image and its map, by any of the scores, on any band of the residual. */
import { createRealFft2, type RealFft2 } from '../spectrum/fast-fft.ts';
import { createBandFilter } from './band-filter.ts';
import { createGradientComparison } from './gradient-score.ts';
import { channels, readInput, readResidual } from './residual-planes.ts';
import { createBlurredMaximum, createTopShare, type MapReduction } from './residual-scores.ts';
import { checkScoreSettings, type ScoreSettings } from './score-settings.ts';
import { createSpectralMeasure } from './spectral-score.ts';
import { createSsimComparison, type PlaneComparison } from './ssim-score.ts';

/** The score of one image. */
export interface ImageScore {
  /** Higher is more anomalous; at least 0, and NaN where the reconstruction is not finite. */
  readonly score: number;
  /** Energy of the whole residual, before any band: sum over pixels and channels of (x - y)^2. */
  readonly energy: number;
  /** The part of `energy` that lies in the channels' means: the zero frequency. */
  readonly meanEnergy: number;
}

/** Score and map of one image. */
export interface ScoredImage extends ImageScore {
  /** What the score sees at each pixel, [S, S] row-major, at least 0; NaN where the reconstruction is not finite. */
  readonly map: Float32Array;
}

/** Scores images of one side by one setting, one after the other, without allocating. Images do not depend on each other. */
export interface Scorer {
  readonly side: number;
  /**
   * @param input RGB bytes, [S, S, 3], 0 to 255
   * @param reconstruction RGB, [S, S, 3], in [0, 1]
   * @param map where the map goes, [S, S]; a new array where left out. The caller's either way.
   */
  score(input: Uint8Array, reconstruction: Float32Array, map?: Float32Array): ScoredImage;
  /** The same score, to the bit, without the map; cheaper where the map costs something by itself (`spectral`). */
  scoreOnly(input: Uint8Array, reconstruction: Float32Array): ImageScore;
}

/** Scratch memory that scorers of one side may share, as long as they live in one thread. */
export interface ScoreScratch {
  readonly side: number;
  readonly residual: Float64Array;
  readonly input: Float64Array;
  readonly map: Float64Array;
  /** The transform of this side, made when it is first asked for. */
  readonly transform: () => RealFft2;
}

/** Scratch memory for images of one side: 1.5 MB at side 256, and 2.1 MB more where a score transforms. */
export const createScoreScratch = (side: number): ScoreScratch => {
  const plane = (): Float64Array => new Float64Array(side * side);
  let fft: RealFft2 | undefined;
  const transform = (): RealFft2 => {
    fft ??= createRealFft2(side);
    return fft;
  };
  return { side, residual: plane(), input: plane(), map: plane(), transform };
};

/** What one kind of score does: something for each channel, in order, then the score of the map that has come about. */
interface Measure {
  /** @param residual the channel's residual, unfiltered; may be overwritten */
  addChannel(residual: Float64Array, input: Uint8Array, channel: number, withMap: boolean): void;
  finish(map: Float64Array): number;
}

const sumOf: MapReduction = (map) => {
  let sum = 0;
  for (let i = 0; i < map.length; i++) sum += map[i];
  return sum;
};

/** The squared residual summed over channels, and the number that `reduce` makes of it. */
const residualMeasure = (
  { side, map, transform }: ScoreScratch,
  { bandLow, bandHigh }: ScoreSettings,
  reduce: MapReduction,
): Measure => {
  const filter = createBandFilter(side, bandLow, bandHigh, transform);
  return {
    addChannel: (residual) => {
      filter(residual);
      for (let i = 0; i < residual.length; i++) map[i] += residual[i] * residual[i];
    },
    finish: reduce,
  };
};

/**
 * A comparison of x and y that is no function of the residual alone. The band is applied to the residual all the same:
 * y is replaced by x - filtered(x - y), which is what the reconstruction would be if it were perfect outside of the band.
 */
const comparisonMeasure = (
  { side, input: x, map, transform }: ScoreScratch,
  { bandLow, bandHigh }: ScoreSettings,
  compare: PlaneComparison,
  reduce: MapReduction,
): Measure => {
  const filter = createBandFilter(side, bandLow, bandHigh, transform);
  return {
    addChannel: (residual, input, channel) => {
      filter(residual);
      readInput(input, channel, x);
      for (let i = 0; i < residual.length; i++) residual[i] = x[i] - residual[i];
      compare(x, residual, map);
    },
    finish: reduce,
  };
};

const spectralMeasure = (
  { side, map, transform }: ScoreScratch,
  { bandLow, bandHigh }: ScoreSettings,
  weight: Float32Array,
): Measure => {
  const spectral = createSpectralMeasure(transform(), weight, bandLow, bandHigh);
  let sum = 0;
  return {
    addChannel: (residual, _input, channel, withMap) => {
      const weighted = spectral.measure(residual);
      sum = channel === 0 ? weighted : sum + weighted;
      if (withMap) spectral.addMap(map);
    },
    finish: () => sum / (channels * side * side),
  };
};

const createMeasure = (
  scratch: ScoreScratch,
  settings: ScoreSettings,
  weight: Float32Array | undefined,
): Measure => {
  const { side } = scratch;
  switch (settings.score) {
    case 'sum':
      return residualMeasure(scratch, settings, sumOf);
    case 'mean':
      return residualMeasure(scratch, settings, (map) => sumOf(map) / (channels * side * side));
    case 'blurred-maximum':
      return residualMeasure(scratch, settings, createBlurredMaximum(side, settings.blurSigma));
    case 'top-share':
      return residualMeasure(scratch, settings, createTopShare(side, settings.topPercent));
    case 'ssim':
      return comparisonMeasure(scratch, settings, createSsimComparison(side), (map) => {
        for (let i = 0; i < map.length; i++) map[i] /= channels;
        return sumOf(map) / map.length;
      });
    case 'gradient':
      return comparisonMeasure(scratch, settings, createGradientComparison(side), sumOf);
    case 'spectral':
      if (weight?.length !== side * side) {
        throw new RangeError(
          `The score spectral needs ${side} x ${side} weights, got ${weight?.length ?? 'none'}.`,
        );
      }
      return spectralMeasure(scratch, settings, weight);
  }
};

/**
 * Prepares a score for images of one side. By name:
 * - `sum`: Eq. 9, sum over pixels and channels of (x - y)^2. Map: its summand, summed over channels.
 * - `mean`: the same divided by the number of values; the same map.
 * - `blurred-maximum`: the maximum of that map after a Gaussian blur. Map: the blurred one.
 * - `top-share`: the mean of the largest values of that map.
 * - `ssim`: mean of 1 - SSIM over pixels and channels. Map: its mean over channels.
 * - `gradient`: sum over pixels and channels of (|grad x| - |grad y|)^2. Map: its summand, summed over channels.
 * - `spectral`: Eq. 8, mean over (u, v) and channels of w |D|. Map: |IDFT2(w D)|^2 summed over channels.
 *
 * All of them are taken of the residual's frequencies with radius in [bandLow, bandHigh].
 * @param weight w(u, v) of the run, [S, S] row-major, unshifted; needed by `spectral` only
 * @param scratch memory shared with other scorers of this thread; its own where left out
 * @throws ResiduaError `config-invalid`, naming the first setting that is wrong
 * @throws RangeError where a band or `spectral` needs a transform and the side is no power of two, or the weight is
 *   missing or of another size
 */
export const createScorer = (
  side: number,
  settings: ScoreSettings,
  weight?: Float32Array,
  scratch: ScoreScratch = createScoreScratch(side),
): Scorer => {
  checkScoreSettings(side, settings);
  const { residual, map: summed } = scratch;
  const measure = createMeasure(scratch, settings, weight);

  const run = (input: Uint8Array, reconstruction: Float32Array, withMap: boolean): ImageScore => {
    const expected = side * side * channels;
    if (input.length !== expected || reconstruction.length !== expected) {
      throw new RangeError(
        `Expected two images of ${expected} values, got ${input.length} and ${reconstruction.length}.`,
      );
    }
    let energy = 0;
    let meanEnergy = 0;
    summed.fill(0);
    for (let channel = 0; channel < channels; channel++) {
      const sums = readResidual(input, reconstruction, channel, residual);
      energy += sums.energy;
      meanEnergy += (sums.sum * sums.sum) / residual.length;
      measure.addChannel(residual, input, channel, withMap);
    }
    if (Number.isFinite(energy)) return { score: measure.finish(summed), energy, meanEnergy };
    summed.fill(Number.NaN);
    return { score: Number.NaN, energy, meanEnergy };
  };

  return {
    side,
    score: (input, reconstruction, map = new Float32Array(side * side)) => {
      const score = run(input, reconstruction, true);
      map.set(summed);
      return { ...score, map };
    },
    scoreOnly: (input, reconstruction) => run(input, reconstruction, false),
  };
};
