/** The settings of the score; they take effect at once, without training. */
import { canBeCalibrated, scoreNames, usesCalibration } from '#core/scores/score-names.ts';
import { scoreHints } from '../shared/hints/setting-hints.ts';
import { scoreLabels } from '../shared/labels.ts';
import { useApp } from '../shared/store-context.ts';
import { Section } from '../ui/Section.tsx';
import { BandSetting } from './BandSetting.tsx';
import { CalibrationSettings } from './CalibrationSettings.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { SelectSetting } from './SelectSetting.tsx';

const batchNormModes = [
  { value: 'recalibrated', label: 'recalibrated' },
  { value: 'running', label: 'running averages' },
] as const;

const residualModes = [
  { value: 'raw', label: 'raw' },
  { value: 'calibrated', label: 'calibrated by good parts' },
] as const;

const notCalibrated =
  'Only scores of the squared residual can be calibrated. This one compares the images or their spectra.';

const scores = scoreNames.map((value) => ({ value, label: scoreLabels[value] }));

export const ScoreSection = () => {
  const score = useApp((state) => state.run.config.score);
  const calibrated = useApp((state) => usesCalibration(state.run.config));
  const evaluating = useApp((state) => state.run.status.activity === 'evaluating');
  return (
    <Section
      title="Score"
      aside={<span className="chart-figure">{evaluating ? 'evaluating' : 'no retraining needed'}</span>}
    >
      <SelectSetting name="score" label="Score" wide options={scores} hint={scoreHints[score]} />
      {score === 'blurred-maximum' && <NumberSetting name="blurSigma" label="Blur sigma" />}
      {score === 'top-share' && <NumberSetting name="topPercent" label="Top share, %" />}
      <SelectSetting
        name="residual"
        label="Residual"
        wide
        options={residualModes}
        blocked={canBeCalibrated(score) ? undefined : notCalibrated}
      />
      {calibrated && <CalibrationSettings />}
      <BandSetting />
      <SelectSetting name="batchNorm" label="Batch norm" wide options={batchNormModes} />
    </Section>
  );
};
