/** Scores of the calibrated residual at many low cut-offs; each cut-off has its own calibration. */
import { calibrate } from '#core/calibration/calibration.ts';
import { createStatisticsLearner } from '#core/calibration/statistics-learner.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import type { ScoreScratch } from '#core/scores/score-scratch.ts';
import type { ScoreSettings } from '#core/scores/score-settings.ts';
import { type WorkOptions, yieldPoint } from './yield-point.ts';

/** Images with their reconstructions, for repeated access. */
export interface ImagePairs {
  readonly count: number;
  /** @returns RGB bytes [S, S, 3], and the reconstruction [S, S, 3] in [0, 1] */
  pair(row: number): { readonly bytes: Uint8Array; readonly pixels: Float32Array };
}

/**
 * Scores images at each cut-off, with a yield point after each image. Each cut-off needs its own calibration pass over
 * the good images, because the part that a cut-off removes at a pixel depends on all other pixels.
 * @param settings all except `bandLow`
 * @param good the images that calibrate the residual
 * @returns for each image, one score per cut-off
 * @throws ResiduaError `config-invalid` if a cut-off leaves no frequency; `cancelled`
 */
export const calibratedLowCutScores = async (
  settings: ScoreSettings,
  cutoffs: readonly number[],
  good: ImagePairs,
  scored: ImagePairs,
  scratch: ScoreScratch,
  options: WorkOptions,
): Promise<Float64Array[]> => {
  options.signal?.throwIfAborted();
  const scores = Array.from({ length: scored.count }, () => new Float64Array(cutoffs.length));
  const most = cutoffs.length * (good.count + scored.count);
  let done = 0;
  const afterImage = (): Promise<void> => yieldPoint(++done / most, options);
  for (const [at, bandLow] of cutoffs.entries()) {
    const atCutoff = { ...settings, bandLow };
    const learner = createStatisticsLearner(atCutoff, scratch);
    for (let row = 0; row < good.count; row++) {
      const { bytes, pixels } = good.pair(row);
      learner.add(bytes, pixels);
      await afterImage();
    }
    const calibration = calibrate(learner.finish(), settings.calibrationPooling);
    const scorer = createScorer(scratch.side, atCutoff, { calibration }, scratch);
    for (let row = 0; row < scored.count; row++) {
      const { bytes, pixels } = scored.pair(row);
      scores[row][at] = scorer.scoreOnly(bytes, pixels).score;
      await afterImage();
    }
  }
  return scores;
};
