/** The weight of each frequency, with what the chosen one depends on. */
import type { WeightName } from '#core/config.ts';
import { useApp } from '../../hooks/store-context.ts';
import { CurveEditor } from '../../weights/CurveEditor.tsx';
import { NumberSetting } from '../NumberSetting.tsx';
import { SelectSetting } from '../SelectSetting.tsx';
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

const meanings: Readonly<Record<WeightName, string>> = {
  radial:
    'w = √(u² + v²) of signed frequencies, the distance from the zero frequency: Eq. 7 as the text means it.',
  'radial-literal':
    'w = √(u² + v²) with u, v in 0 … M − 1, Eq. 7 as printed: the lowest negative frequencies get the largest weight.',
  uniform: 'w = 1: the unweighted distance of Eq. 5.',
  power: 'w = (u² + v²)^(p/2): p = 0 is uniform, p = 1 radial, larger p favours the highest frequencies.',
  'adaptive-dataset':
    'w = √(u² + v²) / (ε + mean |F|)^γ over the training images, rescaled to the mean of the radial weight: what the conclusion proposes.',
  'adaptive-batch':
    'As adaptive over the data set, but from the images of the present batch; held constant in the gradient.',
  curve: 'w follows the curve that you draw over the radius, rescaled to the mean of the radial weight.',
};

const AdaptiveSettings = () => (
  <>
    <NumberSetting
      name="weightGamma"
      label="Gamma γ"
      hint="Exponent of w = √(u² + v²) / (ε + mean |F|)^γ, 0 to 2. 0 is the radial weight; the larger, the less a frequency counts that the images hold much of."
    />
    <NumberSetting
      name="weightEpsilon"
      label="Epsilon ε"
      hint="The spectrum below which a frequency counts as empty, as the standard deviation of white noise that has it. Rounding to 8 bits alone makes 0.0011."
    />
  </>
);

export const WeightSettings = () => {
  const weight = useApp((state) => state.run.config.weight);
  return (
    <>
      <SelectSetting name="weight" label="Weight" wide options={weights} hint={meanings[weight]} />
      {weight === 'power' && (
        <NumberSetting
          name="weightPower"
          label="Power p"
          hint="w = (u² + v²)^(p/2), p from 0 (uniform) over 1 (radial) to 3."
        />
      )}
      {(weight === 'adaptive-dataset' || weight === 'adaptive-batch') && <AdaptiveSettings />}
      {weight === 'curve' && <CurveEditor />}
      <DcWeightSetting />
    </>
  );
};
