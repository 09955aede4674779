/** Eq. 1: the squared error between an image and its reconstruction. */
import { PaperEquation } from '../Equation.tsx';
import { Deviation, MethodSection } from '../MethodSection.tsx';

export const ReconstructionSection = () => (
  <MethodSection id="reconstruction">
    <p>
      The encoder (Table I: eight residual blocks) reduces an image <i>f</i> of M × N pixels into 2 × 2 values
      of 256 channels; the decoder turns them into the reconstruction <i>f̂</i>. The usual loss is the squared
      error of the pixels, AE(L2) in Table II:
    </p>
    <PaperEquation number={1} />
    <p>
      By Parseval's theorem it weights all frequencies equally. Natural images have most of their energy at
      low frequencies. So these are learned first, and the rest stays blurred.
    </p>
    <Deviation>
      the loss is a mean, also over batch and channels: the learning rate then means the same at every size.
      The paper does not print the decoder. Ours mirrors the encoder: nearest-neighbor upsampling, residual
      blocks, and a sigmoid at the end.
    </Deviation>
  </MethodSection>
);
