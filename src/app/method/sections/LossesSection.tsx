/** Eq. 8: the weighted loss, its baselines, and sums of them. */
import { equations } from '../../ui/equations/equations.ts';
import { Equation, PaperEquation } from '../Equation.tsx';
import { Deviation, MethodSection } from '../MethodSection.tsx';

export const LossesSection = () => (
  <MethodSection id="losses">
    <p>The weight multiplies the error of each frequency. This is the loss that the paper proposes:</p>
    <PaperEquation number={8} />
    <p>
      Its gradient in the pixels is the inverse transform of <i>w</i> (<i>F̂</i> − <i>F</i>) / |<i>F̂</i> −{' '}
      <i>F</i>|: every frequency contributes with the strength of its weight.
    </p>
    <h3>SSIM, the second baseline</h3>
    <p>
      The loss is 1 − the mean of SSIM over all Gaussian windows that lie fully inside the image. The paper
      criticizes that it needs settings. Here they are:
    </p>
    <Equation name="SSIM" of={equations.ssim} />
    <Deviation>
      the paper names no settings for AE(SSIM). We use those of Wang et al.: a window of 11 px, sigma 1.5, K₁
      0.01, K₂ 0.03.
    </Deviation>
    <h3>Focal frequency loss, a later baseline</h3>
    <p>
      Jiang et al. (ICCV 2021) use the error itself as the weight, normalized to [0, 1] per image and constant
      in the gradient. Frequencies with large errors are learned first.
    </p>
    <Equation name="Focal frequency loss" of={equations.focal} />
    <p>
      <i>Composite</i> is a sum of losses, each multiplied by a factor. The losses differ in scale, so equal
      factors do not mean equal influence.
    </p>
  </MethodSection>
);
