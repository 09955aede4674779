/** Eq. 2 to 4: the discrete Fourier transform. */
import { PaperEquation } from '../Equation.tsx';
import { Deviation, MethodSection } from '../MethodSection.tsx';

export const FourierSection = () => (
  <MethodSection id="fourier">
    <p>
      The discrete Fourier transform writes an image as a sum of waves. The spectrum <i>F</i>(<i>u</i>,{' '}
      <i>v</i>) is the amplitude and the phase of the wave with <i>u</i> cycles down and <i>v</i> cycles
      across the image:
    </p>
    <PaperEquation number={2} />
    <p>By Euler's formula each wave is a cosine and a sine:</p>
    <PaperEquation number={3} />
    <PaperEquation number={4} />
    <p>
      <i>F</i>(0, 0) is the sum of all pixels: the mean brightness, also called DC. Indices above M / 2 are
      negative frequencies, <i>u</i> − M; the bench draws spectra with the zero frequency in the middle, low
      frequencies around it and high ones toward the corners. Fig. 1 shows an image after low-, high- and
      band-pass filters.
    </p>
    <Deviation>
      Eq. 4 is printed with <i>ux</i>/M + <i>uv</i>/N. We read it as <i>ux</i>/M + <i>vy</i>/N, as in Eq. 2.
      Since the transform is linear, one transform of the difference <i>f̂</i> − <i>f</i> is enough.
    </Deviation>
  </MethodSection>
);
