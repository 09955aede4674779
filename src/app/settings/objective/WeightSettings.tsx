/** The weight of each frequency, with what the chosen one depends on. */
import type { WeightName } from '#core/config.ts';
import { weightHints } from '../../shared/hints/setting-hints.ts';
import { useApp } from '../../shared/store-context.ts';
import { NumberSetting } from '../NumberSetting.tsx';
import { CurriculumSetting } from '../recipe-settings.tsx';
import { SelectSetting } from '../SelectSetting.tsx';
import { CurveEditor } from '../weight-curve/CurveEditor.tsx';
import { DcWeightSetting } from './DcWeightSetting.tsx';

const weights: readonly { readonly value: WeightName; readonly label: string }[] = [
  { value: 'radial', label: 'radial, Eq. 7' },
  { value: 'radial-literal', label: 'radial, as printed' },
  { value: 'uniform', label: 'uniform, Eq. 5' },
  { value: 'power', label: 'power of the radius' },
  { value: 'adaptive-dataset', label: 'adaptive, data set' },
  { value: 'adaptive-batch', label: 'adaptive, batch' },
  { value: 'curve', label: 'curve, drawn' },
];

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
      <SelectSetting name="weight" label="Weight" wide options={weights} hint={weightHints[weight]} />
      {weight === 'power' && <NumberSetting name="weightPower" label="Power p" />}
      {(weight === 'adaptive-dataset' || weight === 'adaptive-batch') && <AdaptiveSettings />}
      {weight === 'curve' && <CurveEditor />}
      <DcWeightSetting />
      <CurriculumSetting />
    </>
  );
};
