/** MathML Core in JSX: React creates these elements, its types do not list them. */
import type { HTMLAttributes } from 'react';

type MathMLProps = HTMLAttributes<MathMLElement>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      math: MathMLProps & { display?: 'block' | 'inline' };
      mrow: MathMLProps;
      mi: MathMLProps & { mathvariant?: 'normal' };
      mn: MathMLProps;
      mo: MathMLProps & { stretchy?: 'true' | 'false'; fence?: 'true' | 'false' };
      mtext: MathMLProps;
      mspace: MathMLProps & { width?: string };
      mfrac: MathMLProps;
      msqrt: MathMLProps;
      msub: MathMLProps;
      msup: MathMLProps;
      msubsup: MathMLProps;
      mover: MathMLProps & { accent?: 'true' | 'false' };
      munder: MathMLProps;
      munderover: MathMLProps;
    }
  }
}
