/** Which loss training minimises. */
import { lossNames } from '#core/config.ts';
import { lossHints } from '../../shared/hints/setting-hints.ts';
import { lossLabels } from '../../shared/loss-labels.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { SettingRefusal } from '../SettingRefusal.tsx';
import { useSetting } from '../use-setting.ts';

const losses = lossNames.map((value) => ({ value, label: lossLabels[value], hint: lossHints[value] }));

export const LossChoice = () => {
  const { value, blocked, choose, refusal } = useSetting('loss');
  return (
    <div className="loss-choice">
      <Segmented label="Loss" value={value} options={losses} onChange={choose} blocked={blocked} />
      <SettingRefusal refusal={refusal} />
    </div>
  );
};
