/** A displayed equation with its number in the paper. */
import { type EquationNumber, paperEquations } from '../ui/equations/equations.ts';
import { Mathematics } from '../ui/Mathematics.tsx';
import type { MathML } from '../ui/tex.ts';
import { useScrollRegion } from '../ui/use-scroll-region.ts';

export const PaperEquation = ({ number }: { readonly number: EquationNumber }) => (
  <figure
    className="equation"
    id={`equation-${number}`}
    data-testid="paper-equation"
    aria-label={`Equation ${number}`}
    {...useScrollRegion('x')}
  >
    <Mathematics of={paperEquations[number]} />
    <figcaption>({number})</figcaption>
  </figure>
);

interface EquationProps {
  readonly name: string;
  readonly of: MathML;
}

/** An equation that the paper does not print. */
export const Equation = ({ name, of }: EquationProps) => (
  <figure className="equation" aria-label={name} {...useScrollRegion('x')}>
    <Mathematics of={of} />
  </figure>
);
