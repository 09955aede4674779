/** An equation on a line of its own. */
import type { MathML } from './tex.ts';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      math: HTMLAttributes<MathMLElement> & { readonly display: 'block' };
    }
  }
}

interface MathematicsProps {
  readonly of: MathML;
  readonly className?: string;
}

export const Mathematics = ({ of, className }: MathematicsProps) => (
  // biome-ignore lint/security/noDangerouslySetInnerHtml: The build rendered it from LaTeX in our source; no input gets here.
  <math display="block" className={className} dangerouslySetInnerHTML={{ __html: of }} />
);
