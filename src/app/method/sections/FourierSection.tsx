/** Eq. 2 to 4: the discrete Fourier transform. */
import { PaperEquation } from '../Equation.tsx';
import { Deviation, MethodSection } from '../MethodSection.tsx';

export const FourierSection = () => (
  <MethodSection id="fourier">
    <p>
      The discrete Fourier transform writes an image as a sum of waves. The spectrum <i>F</i>(<i>u</i>,{' '}
      <i>v</i>) says how much of the wave is in it that goes <i>u</i> times up and <i>v</i> times across the
      image, and where its crests are:
    </p>
    <PaperEquation number={2} />
    <p>By Euler's formula each wave is a cosine and a sine:</p>
    <PaperEquation number={3} />
    <PaperEquation number={4} />
    <p>
      <i>F</i>(0, 0) is the sum of all pixels: the mean brightness, also called DC. Indices above M / 2 are
      negative frequencies, <i>u</i> − M; the bench draws spectra with the zero frequency in the middle, low
      frequencies around it and high ones towards the corners. Fig. 1 shows what low-, high- and band-pass
      filters leave of an image.
    </p>
    <Deviation>
      Eq. 4 is printed with <i>ux</i>/M + <i>uv</i>/N; Eq. 2's <i>ux</i>/M + <i>vy</i>/N is meant and stands
      above. One transform of the difference <i>f̂</i> − <i>f</i> serves, since the transform is linear.
    </Deviation>
  </MethodSection>
);
