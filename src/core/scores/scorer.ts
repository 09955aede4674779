/** The anomaly score of an image and its map, by any of the scores, on any band of the residual. */
import { type BandFilter, createBandFilter } from './band-filter.ts';
import { createCalibratedScorer } from './calibrated-scorer.ts';
import { createMeasure, type Measure, type ScoreReferences } from './measures.ts';
import { channels, readResidual } from './residual-planes.ts';
import { usesCalibration } from './score-names.ts';
import { createScoreScratch, type ScoreScratch } from './score-scratch.ts';
import { checkScoreSettings, type ScoreSettings } from './score-settings.ts';

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

/** An image and its reconstruction. */
export interface ImagePair {
  /** RGB bytes, [S, S, 3], 0 to 255. */
  readonly input: Uint8Array;
  /** RGB, [S, S, 3], in [0, 1]. */
  readonly reconstruction: Float32Array;
}

/**
 * Scores images of one side by one setting, one after the other, in memory that it keeps. Images do not depend on each
 * other, so several threads may each score some with a scorer of their own.
 */
export interface Scorer {
  readonly side: number;
  /** Whether maps are of the calibrated residual: squared distances in units of the good images' spread. */
  readonly calibrated: boolean;
  /**
   * @param input RGB bytes, [S, S, 3], 0 to 255
   * @param reconstruction RGB, [S, S, 3], in [0, 1]
   * @param map where the map goes, [S, S]; a new array where left out. The caller's either way.
   */
  score(input: Uint8Array, reconstruction: Float32Array, map?: Float32Array): ScoredImage;
  /** The same score, to the bit, without the map; cheaper where the map costs something by itself (`spectral`). */
  scoreOnly(input: Uint8Array, reconstruction: Float32Array): ImageScore;
  /** The most images that `scoreSeveral` takes: as many as save something. */
  readonly atOnce: number;
  /**
   * The same scores, to the bit, of some images.
   * @param maps where the maps go, [S, S] each; none are wanted where left out
   */
  scoreSeveral(pairs: readonly ImagePair[], maps?: readonly Float32Array[]): ImageScore[];
}

/**
 * Checks that both images are of one side.
 * @throws RangeError where one is not
 */
export const checkImages = (side: number, { input, reconstruction }: ImagePair): void => {
  const expected = side * side * channels;
  if (input.length === expected && reconstruction.length === expected) return;
  throw new RangeError(
    `Expected two images of ${expected} values, got ${input.length} and ${reconstruction.length}.`,
  );
};

/**
 * Scores one image on the scratch's planes; its map is then the scratch's.
 * @param filter of the band
 * @param withMap whether the map is wanted beside the score
 * @throws RangeError where the image or its reconstruction has not the scratch's size
 */
export const scoreImage = (
  { side, residual, map }: ScoreScratch,
  measure: Measure,
  filter: BandFilter,
  input: Uint8Array,
  reconstruction: Float32Array,
  withMap: boolean,
): ImageScore => {
  checkImages(side, { input, reconstruction });
  let energy = 0;
  let meanEnergy = 0;
  map.fill(0);
  for (let channel = 0; channel < channels; channel++) {
    const sums = readResidual(input, reconstruction, channel, residual);
    energy += sums.energy;
    meanEnergy += (sums.sum * sums.sum) / residual.length;
    measure.addChannel(filter, input, channel, withMap);
  }
  if (Number.isFinite(energy)) return { score: measure.finish(), energy, meanEnergy };
  map.fill(Number.NaN);
  return { score: Number.NaN, energy, meanEnergy };
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
 * With `residual: calibrated`, the map of the first four is the squared distance of each pixel's residual from those of
 * good images (`residual-distances.ts`), of which they are reduced as above.
 *
 * @param references what the score needs of the run
 * @param scratch memory shared with other scorers of this thread; its own where left out
 * @throws ResiduaError `config-invalid`, naming the first setting that is wrong
 * @throws RangeError where a band or `spectral` needs a transform and the side is no power of two, or a reference is
 *   missing or of another size
 */
export const createScorer = (
  side: number,
  settings: ScoreSettings,
  references: ScoreReferences = {},
  scratch: ScoreScratch = createScoreScratch(side),
): Scorer => {
  checkScoreSettings(side, settings);
  if (usesCalibration(settings)) {
    return createCalibratedScorer(settings, references.calibration, scratch);
  }
  const measure = createMeasure(scratch, settings, references);
  const filter = createBandFilter(side, settings.bandLow, settings.bandHigh, scratch.transform);
  return {
    side,
    calibrated: false,
    atOnce: 1,
    scoreSeveral: (pairs, maps) =>
      pairs.map(({ input, reconstruction }, image) => {
        const score = scoreImage(scratch, measure, filter, input, reconstruction, maps !== undefined);
        maps?.[image]?.set(scratch.map);
        return score;
      }),
    score: (input, reconstruction, map = new Float32Array(side * side)) => {
      const score = scoreImage(scratch, measure, filter, input, reconstruction, true);
      map.set(scratch.map);
      return { ...score, map };
    },
    scoreOnly: (input, reconstruction) => scoreImage(scratch, measure, filter, input, reconstruction, false),
  };
};
