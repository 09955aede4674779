/** The weight of the mean brightness, which Eq. 7 leaves at 0. */
import { Hint } from '../../ui/Hint.tsx';
import { RangeSlider } from '../../ui/RangeSlider.tsx';
import { useSetting } from '../use-setting.ts';

/** The setting goes further; beyond this the slider would be too coarse where it matters. */
const sliderEnd = 2;

export const DcWeightSetting = () => {
  const { value, locked, changed, set } = useSetting('dcWeight');
  return (
    <Hint text="w(0, 0) in units of the largest weight. 0 is Eq. 7 as printed: the mean brightness is then never trained. 1 trains it.">
      <div className={changed ? 'setting setting-changed' : 'setting'}>
        <span className="setting-name">DC weight</span>
        <RangeSlider
          label="DC weight"
          value={value}
          minimum={0}
          maximum={Math.max(sliderEnd, value)}
          step={0.1}
          disabled={locked}
          onChange={set}
        />
        <output>{value.toFixed(1)}</output>
      </div>
    </Hint>
  );
};
