/** Slopes by finite differences, in float64. */

/** Inputs of a convolution. */
type Inputs = Readonly<Record<'x' | 'filter', Float64Array>>;

/** Slope of `objective` in each value of `values[name]`. It is linear in each of them, so this is exact up to rounding. */
export const linearSlopes = (
  values: Readonly<Record<'x' | 'filter', ArrayLike<number>>>,
  name: 'x' | 'filter',
  objective: (inputs: Inputs) => number,
): readonly number[] =>
  Array.from(values[name], (_, index) => {
    const at = (offset: number): number => {
      const inputs = { x: Float64Array.from(values.x), filter: Float64Array.from(values.filter) };
      inputs[name][index]! += offset;
      return objective(inputs);
    };
    return at(0.5) - at(-0.5);
  });
