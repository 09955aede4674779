/** What the baselines are, in a sentence and their equation. */
import type { ReactElement } from 'react';
import type { BaselineName } from '#core/baselines/baseline-names.ts';
import type { HintContent } from '../../ui/Hint.tsx';
import { Bars, Hat, Index, Parentheses, Square, Tokens } from '../equations/math.tsx';

const sumOver = (index: ReactElement, of: ReactElement): ReactElement => (
  <>
    <munder>
      <mo>∑</mo>
      {index}
    </munder>
    {of}
  </>
);

const mean = (
  <mover accent="true">
    <mi>x</mi>
    <mo>¯</mo>
  </mover>
);

const fromMean = (
  <Square>
    <Parentheses flat>
      <mi>x</mi>
      <mo>−</mo>
      {mean}
    </Parentheses>
  </Square>
);

export const baselineHints = {
  brightness: {
    text: 'Mean value of the image. It knows nothing of defects: far from 0.5, the classes differ in their light.',
  },
  contrast: {
    text: 'Sum of squares after each channel’s mean is taken out.',
    equation: sumOver(<mi>p</mi>, fromMean),
  },
  'gradient-energy': {
    text: 'Sum of squared differences of neighbouring pixels: edges and texture.',
    equation: sumOver(
      <mi>p</mi>,
      <Square>
        <Bars>
          <Tokens>∇x</Tokens>
        </Bars>
      </Square>,
    ),
  },
  'high-frequency-energy': {
    text: 'Sum of the spectrum’s magnitude at radii above a quarter of the side S: noise and the finest texture.',
    equation: sumOver(
      <Tokens>r &gt; S/4</Tokens>,
      <Bars>
        <mi>F</mi>
      </Bars>,
    ),
  },
  'mean-image': {
    text: 'The present score and band, with the mean of the good training images in place of the reconstruction.',
    equation: (
      <>
        <Hat>f</Hat>
        <mo>=</mo>
        <Index>
          {mean}
          <mi mathvariant="normal">good</mi>
        </Index>
      </>
    ),
  },
  'variation-model': {
    text: 'The same difference in units of the spread that good training images have at each pixel. A trained network has to beat this.',
  },
} as const satisfies Readonly<Record<BaselineName, HintContent>>;
