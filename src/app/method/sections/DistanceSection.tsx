/** Eq. 5 and 6: the distance of two spectra. */
import { PaperEquation } from '../Equation.tsx';
import { Deviation, MethodSection } from '../MethodSection.tsx';

export const DistanceSection = () => (
  <MethodSection id="distance">
    <p>
      The distance between image and reconstruction is the mean absolute difference of their spectra, phase
      included. This is the loss <i>Frequency</i>:
    </p>
    <PaperEquation number={5} />
    <PaperEquation number={6} />
    <p>
      With the absolute value instead of its square, the few large coefficients at low frequencies do not
      dominate. The gradient of each frequency has the same length, however large its error.
    </p>
    <Deviation>
      the loss is a mean over batch and channels too. If <i>F</i> = <i>F̂</i>, the gradient has no direction
      and is set to 0.
    </Deviation>
  </MethodSection>
);
