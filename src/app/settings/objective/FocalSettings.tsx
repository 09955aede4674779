/** The exponent of the focal frequency loss. */
import { NumberSetting } from '../NumberSetting.tsx';

export const FocalSettings = () => <NumberSetting name="focalAlpha" label="Focal α" />;
