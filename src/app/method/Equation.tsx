/** A displayed equation with its number in the paper. */
import type { ReactNode } from 'react';
import { type EquationNumber, paperEquations } from '../shared/equations/equations.tsx';
import { useScrollRegion } from '../ui/use-scroll-region.ts';

export const PaperEquation = ({ number }: { readonly number: EquationNumber }) => (
  <figure
    className="equation"
    id={`equation-${number}`}
    data-testid="paper-equation"
    aria-label={`Equation ${number}`}
    {...useScrollRegion('x')}
  >
    <math display="block">{paperEquations[number]}</math>
    <figcaption>({number})</figcaption>
  </figure>
);

interface EquationProps {
  readonly name: string;
  readonly children: ReactNode;
}

/** An equation that the paper does not print. */
export const Equation = ({ name, children }: EquationProps) => (
  <figure className="equation" aria-label={name} {...useScrollRegion('x')}>
    <math display="block">{children}</math>
  </figure>
);
