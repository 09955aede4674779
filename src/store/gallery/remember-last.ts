/** A function that computes again only when what it is given has changed. */

/** Wraps a function so that the same inputs (by identity) as last time give the same result, not an equal one. */
export const rememberLast = <Inputs extends readonly unknown[], Result>(
  compute: (...inputs: Inputs) => Result,
): ((...inputs: Inputs) => Result) => {
  let last: { readonly inputs: Inputs; readonly result: Result } | undefined;
  return (...inputs) => {
    const known = last;
    if (known?.inputs.every((input, place) => Object.is(input, inputs[place]))) return known.result;
    last = { inputs, result: compute(...inputs) };
    return last.result;
  };
};
