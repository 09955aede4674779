/** Equations that appear in more than one place: on the method page and in hints. */
import { tex } from '../tex.ts';

/** Equations of the paper by their numbers. */
export const paperEquations = {
  1: tex`\mathrm{MSE}(f, \hat{f}) = \sumOverPixels \squaredResidual`,
  2: tex`\spectrum = \sumOverPixels \originalImage \wave`,
  3: tex`e^{j\theta} = \cos\theta + j\sin\theta`,
  4: tex`\wave = \cos 2\pi \wavePhase - j\sin 2\pi \wavePhase`,
  5: tex`d(F, \hat{F}) = \meanOverFrequencies \spectralError`,
  6: tex`\abs{\spectrum} = \sqrt{\operatorname{Re}(\spectrum)^2 + \operatorname{Im}(\spectrum)^2}`,
  7: tex`\weight = \radius`,
  8: tex`L_{\mathrm{WFDL}}(F, \hat{F}) = \meanOverFrequencies \weight \spectralError`,
  9: tex`A(f) = \sumOverPixels \squaredResidual`,
} as const;

export type EquationNumber = keyof typeof paperEquations;

/** Equations that the paper refers to, or whose subject it leaves open. */
export const equations = {
  ssim: tex`\mathrm{SSIM} = \frac{2\mu_x\mu_y + C_1}{\mu_x^2 + \mu_y^2 + C_1}
    \cdot \frac{2\sigma_{xy} + C_2}{\sigma_x^2 + \sigma_y^2 + C_2}`,
  focal: tex`L_{\mathrm{FFL}} = \meanOverFrequencies \spectralError^\alpha \spectralError^2`,
  composite: tex`L = \sum_i \lambda_i L_i`,
  adaptive: tex`\weight \propto \frac{\radius}{(\varepsilon + \mean \abs{\spectrum})^\gamma}`,
  power: tex`\weight = (u^2 + v^2)^{p/2}`,
  curriculum: tex`w^s, \quad s = \min\left(1, \frac{t}{cN}\right)`,
  cosine: tex`\eta_t = \frac{\eta}{2} \left(1 + \cos\frac{\pi t}{N}\right)`,
  calibrated: tex`(r - m)^T K^{-1} (r - m)`,
  pooling: tex`K = (1 - a) C + a C_g`,
  band: tex`a \le \radius \le b`,
  gaussian: tex`G(x, y) \propto e^{-(x^2 + y^2) / 2\sigma^2}`,
} as const;
