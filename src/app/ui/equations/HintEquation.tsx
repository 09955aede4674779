/** The equation of a hint, in a file of its own, because it loads with the equations. */
import { Mathematics } from '../Mathematics.tsx';
import { type HintEquationName, hintEquations } from './hint-equations.ts';

export default function HintEquation({ name }: { readonly name: HintEquationName }) {
  return <Mathematics of={hintEquations[name]} className="hint-equation" />;
}
