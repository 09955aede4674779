/** The weight of the mean brightness, which Eq. 7 leaves at 0. */
import { settingHints } from '../../shared/hints/setting-hints.ts';
import { Hint } from '../../ui/Hint.tsx';
import { RangeSlider } from '../../ui/RangeSlider.tsx';
import { useSetting } from '../use-setting.ts';

/** The setting goes further; beyond this the slider would be too coarse where it matters. */
const sliderEnd = 2;

export const DcWeightSetting = () => {
  const { value, blocked, changed, set } = useSetting('dcWeight');
  return (
    <Hint {...settingHints.dcWeight} blocked={blocked}>
      <div className={changed ? 'setting setting-changed' : 'setting'}>
        <span className="setting-name">DC weight</span>
        <RangeSlider
          label="DC weight"
          value={value}
          minimum={0}
          maximum={Math.max(sliderEnd, value)}
          step={0.1}
          blocked={blocked}
          onChange={set}
        />
        <output>{value.toFixed(1)}</output>
      </div>
    </Hint>
  );
};
