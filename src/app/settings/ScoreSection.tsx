/** How the trained model is judged; changes at once, without training. */
import { scoreNames } from '#core/scores/score-names.ts';
import { scoreHints } from '../guide/setting-hints.tsx';
import { useApp } from '../hooks/store-context.ts';
import { scoreLabels } from '../score-labels.ts';
import { Section } from '../ui/Section.tsx';
import { BandSetting } from './BandSetting.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { SelectSetting } from './SelectSetting.tsx';

const batchNormModes = [
  { value: 'recalibrated', label: 'recalibrated' },
  { value: 'running', label: 'running averages' },
] as const;

const scores = scoreNames.map((value) => ({ value, label: scoreLabels[value] }));

export const ScoreSection = () => {
  const score = useApp((state) => state.run.config.score);
  const evaluating = useApp((state) => state.run.status.activity === 'evaluating');
  return (
    <Section
      title="Score"
      aside={<span className="chart-figure">{evaluating ? 'evaluating' : 'without training anew'}</span>}
    >
      <SelectSetting name="score" label="Score" wide options={scores} hint={scoreHints[score]} />
      {score === 'blurred-maximum' && <NumberSetting name="blurSigma" label="Blur sigma" />}
      {score === 'top-share' && <NumberSetting name="topPercent" label="Top share, %" />}
      <BandSetting />
      <SelectSetting name="batchNorm" label="Batch norm" wide options={batchNormModes} />
    </Section>
  );
};
