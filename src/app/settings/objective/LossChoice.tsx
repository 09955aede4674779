/** Which loss training minimises. */
import { lossNames } from '#core/config.ts';
import { lossHints } from '../../shared/hints/setting-hints.tsx';
import { lossLabels } from '../../shared/loss-labels.ts';
import { SettingRefusal } from '../../shared/settings/SettingRefusal.tsx';
import { useSetting } from '../../shared/settings/use-setting.ts';
import { Segmented } from '../../ui/Segmented.tsx';

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
