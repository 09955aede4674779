/** The map behind an image's score: its title, its short name and its meaning. Only some maps are residuals. */
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { ScoreName } from '#core/scores/score-names.ts';
import type { AppState } from '#store/app-state.ts';
import { latestEvaluation } from '#store/run/state.ts';
import type { HintContent } from '../ui/Hint.tsx';
import { panelHints } from './hints/figure-hints.ts';

export interface ScoreMap {
  /** The title of its panel. */
  readonly title: string;
  /** Its name beside a value. */
  readonly name: string;
  /** The unit of a raw map, or what is shown, in words. */
  readonly unit: string;
  readonly hint: HintContent;
}

const residual: ScoreMap = {
  title: 'Residual',
  name: 'residual',
  unit: 'squared',
  hint: panelHints.residual,
};

const rawMaps: Readonly<Record<ScoreName, ScoreMap>> = {
  sum: residual,
  mean: residual,
  'top-share': residual,
  'blurred-maximum': {
    title: 'Blurred residual',
    name: 'blurred',
    unit: 'squared, blurred',
    hint: panelHints.blurredMap,
  },
  ssim: { title: '1 − SSIM', name: '1 − SSIM', unit: '1 − SSIM', hint: panelHints.ssimMap },
  gradient: { title: 'Gradient error', name: 'gradient', unit: 'squared', hint: panelHints.gradientMap },
  spectral: { title: 'Weighted residual', name: 'weighted', unit: 'squared', hint: panelHints.spectralMap },
};

const calibrated: ScoreMap = {
  title: 'Calibrated residual',
  name: 'calibrated',
  unit: 'σ²',
  hint: panelHints.calibratedResidual,
};
const calibratedBlurred: ScoreMap = { ...calibrated, title: 'Calibrated, blurred' };

/** @param isCalibrated whether the map is of squared distances from the residuals of good images */
export const scoreMapOf = ({ score }: Pick<EvaluationSettings, 'score'>, isCalibrated: boolean): ScoreMap => {
  if (!isCalibrated) return rawMaps[score];
  return score === 'blurred-maximum' ? calibratedBlurred : calibrated;
};

/** Settings that score the shown image: those of the latest evaluation, or of the next one. */
export const scoringSettings = ({ run }: Pick<AppState, 'run'>): EvaluationSettings =>
  latestEvaluation(run) ?? evaluationSettingsOf(run.configured ?? run.config);
