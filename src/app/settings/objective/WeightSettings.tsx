/** The frequency weight and its parameters. */
import { lazy, Suspense } from 'react';
import { settingHints, weightHints } from '../../shared/hints/setting-hints.ts';
import { weightOptions } from '../../shared/setting-options.ts';
import { useApp } from '../../shared/store-context.ts';
import { Hint } from '../../ui/Hint.tsx';
import { RangeSlider } from '../../ui/RangeSlider.tsx';
import { NumberSetting } from '../NumberSetting.tsx';
import { CurriculumSetting } from '../recipe-settings.tsx';
import { SelectSetting } from '../SelectSetting.tsx';
import { useSetting } from '../use-setting.ts';

const CurveEditor = lazy(async () => ({
  default: (await import('../weight-curve/CurveEditor.tsx')).CurveEditor,
}));

/** The setting allows more; a longer slider would be too coarse at small values. */
const sliderEnd = 2;

/** The weight of the mean brightness, which Eq. 7 leaves at 0. */
const DcWeightSetting = () => {
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

const AdaptiveSettings = () => (
  <>
    <NumberSetting name="weightGamma" label="Gamma γ" />
    <NumberSetting name="weightEpsilon" label="Epsilon ε" />
  </>
);

export const WeightSettings = () => {
  const weight = useApp((state) => state.run.config.weight);
  return (
    <>
      <SelectSetting
        name="weight"
        label="Weight shape"
        wide
        options={weightOptions}
        hint={weightHints[weight]}
      />
      {weight === 'power' && <NumberSetting name="weightPower" label="Power p" />}
      {(weight === 'adaptive-dataset' || weight === 'adaptive-batch') && <AdaptiveSettings />}
      {weight === 'curve' && (
        <Suspense fallback={null}>
          <CurveEditor />
        </Suspense>
      )}
      <DcWeightSetting />
      <CurriculumSetting />
    </>
  );
};
