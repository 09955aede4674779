/** What the equations of the paper are about: images, spectra, weight, residual. */
import { At, Hat, Parentheses, Root, Square } from './math.tsx';

export const image = <At of={<mi>f</mi>}>x , y</At>;
export const reconstruction = <At of={<Hat>f</Hat>}>x , y</At>;
export const spectrum = <At of={<mi>F</mi>}>u , v</At>;
export const reconstructedSpectrum = <At of={<Hat>F</Hat>}>u , v</At>;
/** w(u, v). */
export const weight = <At of={<mi>w</mi>}>u , v</At>;

/** Radius of a frequency. */
export const radius = (
  <Root>
    <Square>
      <mi>u</mi>
    </Square>
    <mo>+</mo>
    <Square>
      <mi>v</mi>
    </Square>
  </Root>
);

/** Squared residual of a pixel. */
export const squaredResidual = (
  <Square>
    <Parentheses flat>
      {image}
      <mo>−</mo>
      {reconstruction}
    </Parentheses>
  </Square>
);
