/** The equations of the paper, by their numbers. */
import type { ReactElement } from 'react';
import { At, Bars, Fraction, Hat, Index, Parentheses, Power, Root, Square, Sum, Tokens } from './math.tsx';
import { image, radius, reconstructedSpectrum, spectrum, squaredResidual, weight } from './symbols.tsx';

const sumOverPixels = (
  <>
    <Sum index="x" count="M" />
    <Sum index="y" count="N" />
  </>
);

const meanOverFrequencies = (
  <>
    <Fraction>
      <mn>1</mn>
      <Tokens>M N</Tokens>
    </Fraction>
    <Sum index="u" count="M" />
    <Sum index="v" count="N" />
  </>
);

const difference = (
  <Bars>
    {spectrum}
    <mo>−</mo>
    {reconstructedSpectrum}
  </Bars>
);

/** u x / M + v y / N. */
const phase = (
  <>
    <Fraction>
      <Tokens>u x</Tokens>
      <mi>M</mi>
    </Fraction>
    <mo>+</mo>
    <Fraction>
      <Tokens>v y</Tokens>
      <mi>N</mi>
    </Fraction>
  </>
);

const wave = (
  <Power>
    <mi>e</mi>
    <mrow>
      <Tokens>− j 2 π</Tokens>
      <Parentheses>{phase}</Parentheses>
    </mrow>
  </Power>
);

const spectra = (name: ReactElement) => (
  <mrow>
    {name}
    <mo stretchy="false">(</mo>
    <mi>F</mi>
    <mo>,</mo>
    <Hat>F</Hat>
    <mo stretchy="false">)</mo>
  </mrow>
);

const named = (name: string) => (
  <Index>
    <mi>L</mi>
    <Tokens>{name}</Tokens>
  </Index>
);

/** Equations 1 to 9. */
export const paperEquations = {
  1: (
    <>
      <mrow>
        <Tokens>MSE</Tokens>
        <mo stretchy="false">(</mo>
        <mi>f</mi>
        <mo>,</mo>
        <Hat>f</Hat>
        <mo stretchy="false">)</mo>
      </mrow>
      <mo>=</mo>
      {sumOverPixels}
      {squaredResidual}
    </>
  ),
  2: (
    <>
      {spectrum}
      <mo>=</mo>
      {sumOverPixels}
      {image}
      {wave}
    </>
  ),
  3: (
    <>
      <Power>
        <mi>e</mi>
        <Tokens>j θ</Tokens>
      </Power>
      <Tokens>= cos θ + j sin θ</Tokens>
    </>
  ),
  4: (
    <>
      {wave}
      <Tokens>= cos 2 π</Tokens>
      <Parentheses>{phase}</Parentheses>
      <mo>−</mo>
      <Tokens>j sin 2 π</Tokens>
      <Parentheses>{phase}</Parentheses>
    </>
  ),
  5: (
    <>
      {spectra(<mi>d</mi>)}
      <mo>=</mo>
      {meanOverFrequencies}
      {difference}
    </>
  ),
  6: (
    <>
      <Bars>{spectrum}</Bars>
      <mo>=</mo>
      <Root>
        <Tokens>Re</Tokens>
        <Square>
          <Parentheses flat>{spectrum}</Parentheses>
        </Square>
        <mo>+</mo>
        <Tokens>Im</Tokens>
        <Square>
          <Parentheses flat>{spectrum}</Parentheses>
        </Square>
      </Root>
    </>
  ),
  7: (
    <>
      {weight}
      <mo>=</mo>
      {radius}
    </>
  ),
  8: (
    <>
      {spectra(named('WFDL'))}
      <mo>=</mo>
      {meanOverFrequencies}
      {weight}
      {difference}
    </>
  ),
  9: (
    <>
      <At of={<mi>A</mi>}>f</At>
      <mo>=</mo>
      {sumOverPixels}
      {squaredResidual}
    </>
  ),
} as const;

export type EquationNumber = keyof typeof paperEquations;

const mean = (letter: string) => (
  <Index>
    <mi>μ</mi>
    <mi>{letter}</mi>
  </Index>
);

const variance = (letter: string) => (
  <msubsup>
    <mi>σ</mi>
    <mi>{letter}</mi>
    <mn>2</mn>
  </msubsup>
);

const constant = (number: string) => (
  <Index>
    <mi>C</mi>
    <mn>{number}</mn>
  </Index>
);

/** Equations that the paper refers to, or whose subject it leaves open. */
export const otherEquations = {
  ssim: (
    <>
      <Tokens>SSIM =</Tokens>
      <Fraction>
        <Parentheses flat>
          <mn>2</mn>
          {mean('x')}
          {mean('y')}
          <mo>+</mo>
          {constant('1')}
        </Parentheses>
        <Parentheses flat>
          <Square>{mean('x')}</Square>
          <mo>+</mo>
          <Square>{mean('y')}</Square>
          <mo>+</mo>
          {constant('1')}
        </Parentheses>
      </Fraction>
      <mo>·</mo>
      <Fraction>
        <Parentheses flat>
          <mn>2</mn>
          <Index>
            <mi>σ</mi>
            <Tokens>x y</Tokens>
          </Index>
          <mo>+</mo>
          {constant('2')}
        </Parentheses>
        <Parentheses flat>
          {variance('x')}
          <mo>+</mo>
          {variance('y')}
          <mo>+</mo>
          {constant('2')}
        </Parentheses>
      </Fraction>
    </>
  ),
  focal: (
    <>
      {named('FFL')}
      <mo>=</mo>
      {meanOverFrequencies}
      <Power>
        {difference}
        <mi>α</mi>
      </Power>
      <Square>{difference}</Square>
    </>
  ),
  adaptive: (
    <>
      {weight}
      <mo>∝</mo>
      <Fraction>
        {radius}
        <Power>
          <Parentheses flat>
            <Tokens>ε + mean</Tokens>
            <Bars>{spectrum}</Bars>
          </Parentheses>
          <mi>γ</mi>
        </Power>
      </Fraction>
    </>
  ),
} as const;
