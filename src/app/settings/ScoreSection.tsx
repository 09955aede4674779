/** How the trained model is judged; changes at once, without training. */
import { useId } from 'react';
import { useApp } from '../hooks/store-context.ts';
import { Hint } from '../ui/Hint.tsx';
import { Section } from '../ui/Section.tsx';
import { SelectSetting } from './SelectSetting.tsx';
import { useSetting } from './use-setting.ts';

const batchNormModes = [
  { value: 'recalibrated', label: 'recalibrated' },
  { value: 'running', label: 'running averages' },
] as const;

export const ScoreSection = () => {
  const removeMean = useSetting('removeMeanResidual');
  const evaluating = useApp((state) => state.run.status.activity === 'evaluating');
  const id = useId();
  return (
    <Section
      title="Score"
      aside={<span className="chart-figure">{evaluating ? 'evaluating' : 'squared residual, Eq. 9'}</span>}
    >
      <SelectSetting
        name="batchNorm"
        label="Batch norm"
        wide
        options={batchNormModes}
        hint="Statistics at evaluation. Recalibrated: computed anew over the training images with the present weights. Running averages lag far behind the weights when an epoch has few steps."
      />
      <Hint text="Subtracts each channel's mean from the residual before scoring: exactly the zero frequency, to which Eq. 7 gives no weight.">
        <div className="setting setting-check">
          <input
            id={id}
            type="checkbox"
            checked={removeMean.value}
            onChange={({ currentTarget }) => removeMean.set(currentTarget.checked)}
          />
          <label htmlFor={id}>Remove mean residual</label>
        </div>
      </Hint>
    </Section>
  );
};
