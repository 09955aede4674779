/** How the trained model is judged; changes at once, without training. */
import { scoreNames } from '#core/scores/score-names.ts';
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
      <SelectSetting
        name="score"
        label="Score"
        wide
        options={scores}
        hint="What makes an image's anomaly score of its residual. Eq. 9 sums the squared residual over pixels and channels; the others look for the strongest spot, the largest share, structure, edges, or weigh the residual's spectrum as Eq. 8 does."
      />
      {score === 'blurred-maximum' && (
        <NumberSetting
          name="blurSigma"
          label="Blur sigma"
          hint="Standard deviation of the Gaussian blur before the maximum is taken, in pixels at side 256; smaller sides blur proportionally less."
        />
      )}
      {score === 'top-share' && (
        <NumberSetting
          name="topPercent"
          label="Top share, %"
          hint="Share of the pixels, those with the largest residuals, whose mean is the score."
        />
      )}
      <BandSetting />
      <SelectSetting
        name="batchNorm"
        label="Batch norm"
        wide
        options={batchNormModes}
        hint="Statistics at evaluation. Recalibrated: computed anew over the training images with the present weights. Running averages lag far behind the weights when an epoch has few steps."
      />
    </Section>
  );
};
