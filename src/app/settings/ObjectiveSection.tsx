/** What training minimises: the loss, and the weight of each frequency. */
import { type LossName, lossNames, type WeightName } from '#core/config.ts';
import { lossLabels } from '../loss-labels.ts';
import { Hint } from '../ui/Hint.tsx';
import { RangeSlider } from '../ui/RangeSlider.tsx';
import { Section } from '../ui/Section.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { SelectSetting } from './SelectSetting.tsx';
import { useSetting } from './use-setting.ts';

const lossTitles: Readonly<Record<LossName, string>> = {
  l2: 'Mean squared error of the pixels',
  ssim: 'Structural similarity, 1 − mean SSIM in Gaussian windows: the baseline AE(SSIM)',
  frequency: 'Distance of the spectra with every frequency weighed alike, Eq. 5',
  wfdl: 'Weighted frequency domain loss, Eq. 8',
  'focal-frequency':
    'Focal frequency loss (Jiang et al., ICCV 2021): the frequencies that differ most weigh most',
  composite: 'A weighted sum of the other losses',
};

const losses = lossNames.map((value) => ({ value, label: lossLabels[value], title: lossTitles[value] }));

const weights: readonly { value: WeightName; label: string }[] = [
  { value: 'radial', label: 'radial, Eq. 7' },
  { value: 'radial-literal', label: 'radial, as printed' },
  { value: 'uniform', label: 'uniform, Eq. 5' },
  { value: 'power', label: 'power of the radius' },
  { value: 'adaptive-dataset', label: 'adaptive, training images' },
  { value: 'adaptive-batch', label: 'adaptive, current batch' },
  { value: 'curve', label: 'curve' },
];

export const ObjectiveSection = () => {
  const loss = useSetting('loss');
  const dcWeight = useSetting('dcWeight');
  return (
    <Section title="Objective">
      <Segmented
        label="Loss"
        value={loss.value}
        options={losses}
        onChange={loss.set}
        disabled={loss.locked}
      />
      {loss.value === 'wfdl' && (
        <>
          <SelectSetting
            name="weight"
            label="Weight"
            wide
            options={weights}
            hint="w(u, v) of Eq. 8. Radial: distance from the zero frequency, with signed frequencies. As printed: Eq. 7 on unsigned indices, which weighs the lowest negative frequencies most. Uniform: the unweighted distance of Eq. 5."
          />
          <Hint text="w(0, 0) in units of the largest weight. 0 is Eq. 7 as printed: the mean brightness is then never trained. 1 trains it.">
            <div className={dcWeight.changed ? 'setting setting-changed' : 'setting'}>
              <span className="setting-name">DC weight</span>
              <RangeSlider
                label="DC weight"
                value={dcWeight.value}
                minimum={0}
                maximum={2}
                step={0.1}
                disabled={dcWeight.locked}
                onChange={dcWeight.set}
              />
              <output>{dcWeight.value.toFixed(1)}</output>
            </div>
          </Hint>
        </>
      )}
    </Section>
  );
};
