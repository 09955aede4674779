/** Eq. 8: the weighted loss, its baselines, and sums of them. */
import { equations } from '../../shared/equations/equations.ts';
import { Equation, PaperEquation } from '../Equation.tsx';
import { Deviation, MethodSection } from '../MethodSection.tsx';

export const LossesSection = () => (
  <MethodSection id="losses">
    <p>The weight multiplies the error of each frequency. This is the loss that the paper proposes:</p>
    <PaperEquation number={8} />
    <p>
      Its gradient in the pixels is the inverse transform of <i>w</i> (<i>F̂</i> − <i>F</i>) / |<i>F̂</i> −{' '}
      <i>F</i>|: every frequency pulls with the strength of its weight.
    </p>
    <h3>SSIM, the second baseline</h3>
    <p>
      The loss is 1 − the mean of this over all Gaussian windows that lie whole in the image. The paper
      criticises that it needs settings; here they are:
    </p>
    <Equation name="SSIM" of={equations.ssim} />
    <Deviation>
      the paper names no settings for AE(SSIM): a window of 11 px, sigma 1.5, K₁ 0.01, K₂ 0.03, as Wang et al.
      have it.
    </Deviation>
    <h3>Focal frequency loss, a baseline of later date</h3>
    <p>
      Jiang et al. (ICCV 2021) let the error itself be the weight, normalized to [0, 1] per image and held
      constant in the gradient: what is far off is learned first.
    </p>
    <Equation name="Focal frequency loss" of={equations.focal} />
    <p>
      <i>Composite</i> adds losses up, each times a factor. They have scales of their own: the same factor
      does not mean the same influence.
    </p>
  </MethodSection>
);
