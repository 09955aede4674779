/** The window and the constants of SSIM. */
import { NumberSetting } from '../NumberSetting.tsx';

export const SsimSettings = () => (
  <>
    <NumberSetting
      name="ssimWindow"
      label="SSIM window, px"
      hint="Side of the Gaussian window in which means, variances and covariance are taken. Odd, 3 to 31; only windows that lie whole in the image count."
    />
    <NumberSetting
      name="ssimSigma"
      label="SSIM sigma, px"
      hint="Standard deviation of the window's Gaussian, exp(−(x² + y²) / 2σ²). Wang et al. take 1.5 in a window of 11."
    />
    <NumberSetting
      name="ssimK1"
      label="SSIM K₁"
      hint="C₁ = (K₁ L)² keeps the comparison of means, (2μₓμᵧ + C₁) / (μₓ² + μᵧ² + C₁), away from 0 / 0. L = 1."
    />
    <NumberSetting
      name="ssimK2"
      label="SSIM K₂"
      hint="C₂ = (K₂ L)² does the same for variances, (2σₓᵧ + C₂) / (σₓ² + σᵧ² + C₂): larger values make flat regions count less. L = 1."
    />
  </>
);
