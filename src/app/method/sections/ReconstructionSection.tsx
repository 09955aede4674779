/** Eq. 1: the squared error between an image and its reconstruction. */
import { PaperEquation } from '../Equation.tsx';
import { Deviation, MethodSection } from '../MethodSection.tsx';

export const ReconstructionSection = () => (
  <MethodSection id="reconstruction">
    <p>
      The encoder (Table I: eight residual blocks) squeezes an image <i>f</i> of M × N pixels into 2 × 2
      values of 256 channels; the decoder makes the reconstruction <i>f̂</i> of them. The usual loss is the
      squared error of the pixels, AE(L2) in Table II:
    </p>
    <PaperEquation number={1} />
    <p>
      By Parseval's theorem it weighs all frequencies alike. Natural images hold most of their energy at low
      frequencies, so these are learned first and the rest stays blurred.
    </p>
    <Deviation>
      it is a mean, also over batch and channels, so that the learning rate keeps its meaning at every size.
      The decoder, which the paper does not print, mirrors the encoder: nearest-neighbor enlargement and
      residual blocks, a sigmoid at the end.
    </Deviation>
  </MethodSection>
);
