/** The equations beside settings, where the paper has none of its own for them. */
import type { ReactElement } from 'react';
import { otherEquations, paperEquations } from './equations.tsx';
import { At, Bars, Fraction, Hat, Index, Parentheses, Power, Root, Square, Tokens } from './math.tsx';
import { radius, squaredResidual, weight } from './symbols.tsx';

const squares = (first: string, second: string) => (
  <Parentheses flat>
    <Square>
      <mi>{first}</mi>
    </Square>
    <mo>+</mo>
    <Square>
      <mi>{second}</mi>
    </Square>
  </Parentheses>
);

const indexed = (letter: string, index: string) => (
  <Index>
    <mi>{letter}</mi>
    <Tokens>{index}</Tokens>
  </Index>
);

const hatAtStep = (letter: string) => (
  <Index>
    <Hat>{letter}</Hat>
    <mi>t</mi>
  </Index>
);

const ssimConstant = (number: string) => (
  <>
    {indexed('C', number)}
    <mo>=</mo>
    <Square>
      <Parentheses flat>
        {indexed('K', number)}
        <mi>L</mi>
      </Parentheses>
    </Square>
    <Tokens>, L = 1</Tokens>
  </>
);

/** exp(−(x² + y²) / 2σ²), which every Gaussian window is in proportion to. */
const gaussian = (
  <>
    <At of={<mi>G</mi>}>x , y</At>
    <mo>∝</mo>
    <Power>
      <mi>e</mi>
      <mrow>
        <mo>−</mo>
        {squares('x', 'y')}
        <mo>/</mo>
        <mn>2</mn>
        <Square>
          <mi>σ</mi>
        </Square>
      </mrow>
    </Power>
  </>
);

/** Equations by what they say. */
export const settingEquations = {
  radam: (
    <>
      {indexed('θ', 't')}
      <mo>=</mo>
      {indexed('θ', 't − 1')}
      <mo>−</mo>
      <mi>η</mi>
      {indexed('r', 't')}
      <Fraction>
        {hatAtStep('m')}
        <mrow>
          <msqrt>{hatAtStep('v')}</msqrt>
          <Tokens>+ ε</Tokens>
        </mrow>
      </Fraction>
    </>
  ),
  weightDecay: (
    <>
      {indexed('g', 't')}
      <Tokens>= ∇ L + λ</Tokens>
      {indexed('θ', 't − 1')}
    </>
  ),
  batch: (
    <>
      <mi>g</mi>
      <mo>=</mo>
      <Fraction>
        <mn>1</mn>
        <mi>B</mi>
      </Fraction>
      <munderover>
        <mo>∑</mo>
        <Tokens>b = 1</Tokens>
        <mi>B</mi>
      </munderover>
      <Tokens>∇ L</Tokens>
      <mo stretchy="false">(</mo>
      {indexed('f', 'b')}
      <mo stretchy="false">)</mo>
    </>
  ),
  batchNorm: (
    <>
      <Tokens>y = γ</Tokens>
      <Fraction>
        <Tokens>x − μ</Tokens>
        <Root>
          <Square>
            <mi>σ</mi>
          </Square>
          <Tokens>+ ε</Tokens>
        </Root>
      </Fraction>
      <Tokens>+ β</Tokens>
    </>
  ),
  band: (
    <>
      <mi>a</mi>
      <mo>≤</mo>
      {radius}
      <mo>≤</mo>
      <mi>b</mi>
    </>
  ),
  curriculum: (
    <>
      <Power>
        <mi>w</mi>
        <mi>s</mi>
      </Power>
      <Tokens>, s = min</Tokens>
      <Parentheses flat>
        <mn>1</mn>
        <mo>,</mo>
        <Fraction>
          <mi>t</mi>
          <Tokens>c N</Tokens>
        </Fraction>
      </Parentheses>
    </>
  ),
  cosine: (
    <>
      {indexed('η', 't')}
      <mo>=</mo>
      <Fraction>
        <mi>η</mi>
        <mn>2</mn>
      </Fraction>
      <Parentheses flat>
        <Tokens>1 + cos</Tokens>
        <Fraction>
          <Tokens>π t</Tokens>
          <mi>N</mi>
        </Fraction>
      </Parentheses>
    </>
  ),
  calibrated: (
    <>
      <Power>
        <Tokens>(r − m)</Tokens>
        <mi>T</mi>
      </Power>
      <Power>
        <mi>K</mi>
        <Tokens>− 1</Tokens>
      </Power>
      <Tokens>(r − m)</Tokens>
    </>
  ),
  pooling: (
    <>
      <Tokens>K = (1 − a) C + a</Tokens>
      {indexed('C', 'g')}
    </>
  ),
  dcWeight: (
    <>
      <At of={<mi>w</mi>}>0 , 0</At>
      <Tokens>= c · max</Tokens>
      <mspace width="0.17em" />
      {weight}
    </>
  ),
  power: (
    <>
      {weight}
      <mo>=</mo>
      <Power>
        {squares('u', 'v')}
        <Tokens>p / 2</Tokens>
      </Power>
    </>
  ),
  uniform: (
    <>
      {weight}
      <Tokens>= 1</Tokens>
    </>
  ),
  composite: (
    <>
      <mi>L</mi>
      <mo>=</mo>
      <munderover>
        <mo>∑</mo>
        <mi>i</mi>
        <mrow />
      </munderover>
      {indexed('λ', 'i')}
      {indexed('L', 'i')}
    </>
  ),
  ssimLoss: <Tokens>L = 1 − mean SSIM</Tokens>,
  focalWeight: (
    <>
      {weight}
      <mo>=</mo>
      <Fraction>
        <Power>
          <Bars>
            <Tokens>D</Tokens>
          </Bars>
          <mi>α</mi>
        </Power>
        <mrow>
          <Tokens>max</Tokens>
          <mspace width="0.17em" />
          <Power>
            <Bars>
              <Tokens>D</Tokens>
            </Bars>
            <mi>α</mi>
          </Power>
        </mrow>
      </Fraction>
      <mo>,</mo>
      <mspace width="0.4em" />
      <Tokens>D = F −</Tokens>
      <Hat>F</Hat>
    </>
  ),
  gaussian,
  ssimC1: ssimConstant('1'),
  ssimC2: ssimConstant('2'),
  meanResidual: (
    <>
      <Tokens>A = mean</Tokens>
      {squaredResidual}
    </>
  ),
  blurredMaximum: (
    <>
      <Tokens>A = max</Tokens>
      <mspace width="0.17em" />
      {indexed('G', 'σ')}
      <mo>∗</mo>
      {squaredResidual}
    </>
  ),
  gradientScore: (
    <>
      <mi>A</mi>
      <mo>=</mo>
      <mo>∑</mo>
      <Square>
        <Parentheses flat>
          <Bars>
            <Tokens>∇ f</Tokens>
          </Bars>
          <mo>−</mo>
          <Bars>
            <mo>∇</mo>
            <Hat>f</Hat>
          </Bars>
        </Parentheses>
      </Square>
    </>
  ),
  adaptive: otherEquations.adaptive,
  curve: (
    <>
      {weight}
      <Tokens>∝ g</Tokens>
      <Parentheses flat>
        {radius}
        <mo>/</mo>
        {indexed('r', 'max')}
      </Parentheses>
    </>
  ),
  ssim: otherEquations.ssim,
  focal: otherEquations.focal,
  meanSquared: paperEquations[1],
  frequency: paperEquations[5],
  radial: paperEquations[7],
  wfdl: paperEquations[8],
  score: paperEquations[9],
} as const satisfies Record<string, ReactElement>;
