/** The exponent of the focal frequency loss. */
import { NumberSetting } from '../NumberSetting.tsx';

export const FocalSettings = () => (
  <NumberSetting
    name="focalAlpha"
    label="Focal α"
    hint="The weight of a frequency is |F − F̂|^α, normalised to [0, 1] per image and held constant in the gradient: large errors count more. 0 weighs all alike."
  />
);
