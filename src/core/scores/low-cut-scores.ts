/** One image's scores at many low cut-offs at once, for the curve of AUROC against the cut-off. */
import type { RealFft2 } from '../spectrum/fast-fft.ts';
import { frequencyRadius } from './band.ts';
import { createBandFilter } from './band-filter.ts';
import { scoreImage } from './create-scorer.ts';
import { createMeasure } from './measures.ts';
import { channels, readResidual } from './residual-planes.ts';
import { createScoreScratch, type ScoreScratch } from './score-scratch.ts';
import { checkScoreSettings, type ScoreSettings } from './score-settings.ts';
import { checkWeight, symmetricWeight } from './spectral-score.ts';

/** Scores images one by one at the same cut-offs. Each image is scored independently. */
export interface LowCutScorer {
  /** The cut-offs, in the given order. */
  readonly cutoffs: readonly number[];
  /**
   * @param input RGB bytes, [S, S, 3], 0 to 255
   * @param reconstruction RGB, [S, S, 3], in [0, 1]
   * @returns a new array with one score per cut-off, in order, for the band from the cut-off to `bandHigh`; NaN if the
   *   reconstruction is not finite
   */
  score(input: Uint8Array, reconstruction: Float32Array): Float64Array;
}

/** The contribution of a frequency to a score, as a factor of |D|^2 or of |D|. */
interface Additive {
  readonly power: 1 | 2;
  readonly factor: (u: number, v: number) => number;
}

/** `sum`, `mean` and `spectral` are sums over frequencies (Parseval); the others are not. */
const additiveOf = (
  side: number,
  { score }: ScoreSettings,
  weight: Float32Array | undefined,
): Additive | undefined => {
  const area = side * side;
  if (score === 'sum') return { power: 2, factor: () => 1 / area };
  if (score === 'mean') return { power: 2, factor: () => 1 / (area * area * channels) };
  if (score === 'spectral') {
    const weights = checkWeight(side, weight);
    return { power: 1, factor: (u, v) => symmetricWeight(weights, side, u, v) / (area * channels) };
  }
  return undefined;
};

/** Adds the contributions of frequencies to the sums of their intervals between neighboring cut-offs. */
const addIntervals = (
  { real, imaginary }: RealFft2,
  intervals: Uint16Array,
  factors: Float64Array,
  power: 1 | 2,
  sums: Float64Array,
): void => {
  for (let at = 0; at < factors.length; at++) {
    const squared = real[at] * real[at] + imaginary[at] * imaginary[at];
    sums[intervals[at]] += factors[at] * (power === 2 ? squared : Math.sqrt(squared));
  }
};

/** All bands from one transform per channel: a band's score is the sum over all radii from its cut-off on. */
const createAdditiveScorer = (
  { side, residual, transform }: ScoreScratch,
  cutoffs: readonly number[],
  bandHigh: number,
  { power, factor }: Additive,
): LowCutScorer => {
  const fft = transform();
  const { allColumns, rowOfFrequency } = fft;
  const ascending = [...new Set(cutoffs)].sort((a, b) => a - b);
  // Interval 0 is below all cut-offs; interval i has the radii from the i-th cut-off to the next.
  const intervals = new Uint16Array(side * allColumns);
  const factors = new Float64Array(side * allColumns);
  for (let v = 0; v < side; v++) {
    for (let u = 0; u < allColumns; u++) {
      const at = rowOfFrequency[v] * allColumns + u;
      const radius = frequencyRadius(u, v, side);
      const above = ascending.findIndex((cutoff) => cutoff > radius);
      intervals[at] = above < 0 ? ascending.length : above;
      const multiplicity = u === 0 || u === side / 2 ? 1 : 2;
      factors[at] = radius <= bandHigh ? multiplicity * factor(u, v) : 0;
    }
  }
  const order = cutoffs.map((cutoff) => ascending.indexOf(cutoff) + 1);
  return {
    cutoffs,
    score: (input, reconstruction) => {
      const sums = new Float64Array(ascending.length + 1);
      for (let channel = 0; channel < channels; channel++) {
        readResidual(input, reconstruction, channel, residual);
        fft.load(residual);
        fft.forward(allColumns);
        addIntervals(fft, intervals, factors, power, sums);
      }
      for (let interval = ascending.length - 1; interval >= 0; interval--) {
        sums[interval] += sums[interval + 1];
      }
      return Float64Array.from(order, (interval) => sums[interval]);
    },
  };
};

/**
 * Prepares the scores at many low cut-offs. `sum`, `mean` and `spectral` need one transform per channel for all of them; the
 * other scores filter the residual for each. It always uses the raw residual: a calibrated one would need another
 * calibration at each cut-off.
 * @param cutoffs low ends of the band, each a `bandLow`; `bandHigh` and the rest are from `settings`
 * @param weight as for `createScorer`
 * @throws ResiduaError `config-invalid` as `createScorer`, and if a cut-off leaves no frequency
 * @throws RangeError as `createScorer`, and if the side is no power of two of at least 2
 */
export const createLowCutScorer = (
  side: number,
  settings: ScoreSettings,
  cutoffs: readonly number[],
  weight?: Float32Array,
): LowCutScorer => {
  for (const bandLow of cutoffs) checkScoreSettings(side, { ...settings, bandLow });
  const raw = { ...settings, residual: 'raw' as const };
  const scratch = createScoreScratch(side);
  const additive = additiveOf(side, settings, weight);
  if (additive) return createAdditiveScorer(scratch, cutoffs, settings.bandHigh, additive);
  const measure = createMeasure(scratch, raw, { weight });
  const filters = cutoffs.map((low) => createBandFilter(side, low, settings.bandHigh, scratch.transform));
  return {
    cutoffs,
    score: (input, reconstruction) =>
      Float64Array.from(
        filters,
        (filter) => scoreImage(scratch, measure, filter, input, reconstruction, false).score,
      ),
  };
};
