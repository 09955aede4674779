/** The window and the constants of SSIM. */
import { NumberSetting } from '../NumberSetting.tsx';

export const SsimSettings = () => (
  <>
    <NumberSetting name="ssimWindow" label="SSIM window, px" />
    <NumberSetting name="ssimSigma" label="SSIM sigma, px" />
    <NumberSetting name="ssimK1" label="SSIM K₁" />
    <NumberSetting name="ssimK2" label="SSIM K₂" />
  </>
);
