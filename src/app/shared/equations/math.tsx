/** The parts that the equations are put together from, as MathML. */
import { createElement, type ReactElement, type ReactNode } from 'react';

/** Functions written without parentheses: a little space before what they are of. */
const functions = new Set(['cos', 'sin', 'mean']);

const token = (text: string): ReactElement => {
  if (/^[\d.]+$/.test(text)) return <mn>{text}</mn>;
  // Names of one letter are variables; longer ones are names of functions, upright.
  if (/^\p{L}\p{M}?$/u.test(text)) return <mi>{text}</mi>;
  if (functions.has(text)) {
    return (
      <mrow>
        <mi mathvariant="normal">{text}</mi>
        <mspace width="0.17em" />
      </mrow>
    );
  }
  if (/^[\p{L}\p{M}]+$/u.test(text)) return <mi mathvariant="normal">{text}</mi>;
  return <mo>{text}</mo>;
};

/** A row of tokens, written with spaces between them: `M − 1`. */
export const Tokens = ({ children }: { readonly children: string }) =>
  createElement('mrow', null, ...children.trim().split(/\s+/).map(token));

interface Parts {
  readonly children: readonly [ReactNode, ReactNode];
}

/** First child over second. */
export const Fraction = ({ children: [top, bottom] }: Parts) => (
  <mfrac>
    <mrow>{top}</mrow>
    <mrow>{bottom}</mrow>
  </mfrac>
);

/** First child with the second as its exponent. */
export const Power = ({ children: [base, exponent] }: Parts) => (
  <msup>
    <mrow>{base}</mrow>
    <mrow>{exponent}</mrow>
  </msup>
);

/** First child with the second as its index. */
export const Index = ({ children: [base, index] }: Parts) => (
  <msub>
    <mrow>{base}</mrow>
    <mrow>{index}</mrow>
  </msub>
);

export const Square = ({ children }: { readonly children: ReactNode }) => (
  <Power>
    {children}
    <mn>2</mn>
  </Power>
);

export const Root = ({ children }: { readonly children: ReactNode }) => (
  <msqrt>
    <mrow>{children}</mrow>
  </msqrt>
);

/** A letter with a hat: a reconstruction, or its spectrum. */
export const Hat = ({ children }: { readonly children: string }) => (
  <mover accent="true">
    <mi>{children}</mi>
    <mo stretchy="false">^</mo>
  </mover>
);

export const Bars = ({ children }: { readonly children: ReactNode }) => (
  <mrow>
    <mo stretchy="false" fence="true">
      |
    </mo>
    {children}
    <mo stretchy="false" fence="true">
      |
    </mo>
  </mrow>
);

interface ParenthesesProps {
  /** As high as a letter; otherwise as high as what stands between them. */
  readonly flat?: boolean;
  readonly children: ReactNode;
}

export const Parentheses = ({ flat = false, children }: ParenthesesProps) => (
  <mrow>
    <mo fence="true" stretchy={flat ? 'false' : 'true'}>
      (
    </mo>
    {children}
    <mo fence="true" stretchy={flat ? 'false' : 'true'}>
      )
    </mo>
  </mrow>
);

/** A sum over an index from 0 to one below a count. */
export const Sum = ({ index, count }: { readonly index: string; readonly count: string }) => (
  <munderover>
    <mo>∑</mo>
    <Tokens>{`${index} = 0`}</Tokens>
    <Tokens>{`${count} − 1`}</Tokens>
  </munderover>
);

/** f(x, y) and its like. */
export const At = ({ children, of }: { readonly of: ReactNode; readonly children: string }) => (
  <mrow>
    {of}
    <mo stretchy="false">(</mo>
    <Tokens>{children}</Tokens>
    <mo stretchy="false">)</mo>
  </mrow>
);
