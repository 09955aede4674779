/** The anomaly score of an image and its map, for each score and any band of the residual. */
import { type BandFilter, createBandFilter } from './band-filter.ts';
import { createCalibratedScorer } from './calibrated-scorer.ts';
import { createMeasure, type Measure, type ScoreReferences } from './measures.ts';
import { channels, readResidual } from './residual-planes.ts';
import { usesCalibration } from './score-names.ts';
import { createScoreScratch, type ScoreScratch } from './score-scratch.ts';
import { checkScoreSettings, type ScoreSettings } from './score-settings.ts';
import { checkImages, type ImageScore, type Scorer } from './scorer.ts';

/**
 * Scores one image on the scratch planes, and leaves its map in them.
 * @param filter filter of the band
 * @param withMap whether the map is needed besides the score
 * @throws RangeError if the image or its reconstruction has another size than the scratch memory
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
 * All of them use the residual's frequencies with radius in [bandLow, bandHigh]. With `residual: calibrated`, the map of the
 * first four is the squared distance of each pixel's residual from those of good images (`residual-distances.ts`), reduced in
 * the same way.
 *
 * @param references the values of the run that the score needs
 * @param scratch memory shared with other scorers of this thread; new memory if omitted
 * @throws ResiduaError `config-invalid`, naming the first invalid setting
 * @throws RangeError if a band or `spectral` needs a transform and the side is no power of two, or if a reference is
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
