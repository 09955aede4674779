/** A displayed equation with its number in the paper. */
import type { ReactNode } from 'react';
import { type EquationNumber, paperEquations } from './equations.tsx';

export const PaperEquation = ({ number }: { readonly number: EquationNumber }) => (
  <figure className="equation" id={`equation-${number}`} data-testid="paper-equation">
    <math display="block">{paperEquations[number]}</math>
    <figcaption>({number})</figcaption>
  </figure>
);

/** An equation that the paper does not print. */
export const Equation = ({ children }: { readonly children: ReactNode }) => (
  <figure className="equation">
    <math display="block">{children}</math>
  </figure>
);
