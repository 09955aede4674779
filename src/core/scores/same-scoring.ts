/** Whether two evaluations were made the same way: only then can their figures be compared. */
import type { EvaluationSettings } from '../evaluation-settings.ts';
import { canBeCalibrated, usesCalibration } from './score-names.ts';

/** The settings that have an effect on a score, in a form that compares by value. */
const effective = (settings: EvaluationSettings): readonly (string | number)[] => {
  const { batchNorm, score, bandLow, bandHigh, blurSigma, topPercent } = settings;
  const { calibrationPooling, calibrationBands } = settings;
  return [
    batchNorm,
    score,
    bandLow,
    bandHigh,
    ...(canBeCalibrated(score) ? [settings.residual] : []),
    ...(usesCalibration(settings) ? [calibrationPooling, calibrationBands] : []),
    ...(score === 'blurred-maximum' ? [blurSigma] : []),
    ...(score === 'top-share' ? [topPercent] : []),
  ];
};

/** Whether these settings give the same scores. Settings that a score ignores do not count. */
export const scoreTheSame = (some: EvaluationSettings, others: EvaluationSettings): boolean =>
  JSON.stringify(effective(some)) === JSON.stringify(effective(others));
