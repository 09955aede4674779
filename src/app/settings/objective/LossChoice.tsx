/** Which loss training minimises. */
import { type LossName, lossNames } from '#core/config.ts';
import { lossLabels } from '../../loss-labels.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { useSetting } from '../use-setting.ts';

const lossTitles: Readonly<Record<LossName, string>> = {
  l2: 'Mean squared error of the pixels, Eq. 1 as a mean: (x − y)²',
  ssim: '1 − mean SSIM: structural similarity in Gaussian windows, the baseline AE(SSIM)',
  frequency: 'Frequency distance, Eq. 5: mean of |F − F̂|, every frequency alike',
  wfdl: 'Weighted frequency domain loss, Eq. 8: mean of w(u, v) |F − F̂|',
  'focal-frequency':
    'Focal frequency loss (Jiang et al., ICCV 2021): mean of |F − F̂|² weighted by |F − F̂|^α, normalised per image',
  composite: 'A sum of the others, each times a factor of its own',
};

const losses = lossNames.map((value) => ({ value, label: lossLabels[value], title: lossTitles[value] }));

export const LossChoice = () => {
  const { value, locked, set } = useSetting('loss');
  return (
    <div className="loss-choice">
      <Segmented label="Loss" value={value} options={losses} onChange={set} disabled={locked} />
    </div>
  );
};
