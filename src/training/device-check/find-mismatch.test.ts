import { describe, expect, it } from 'vitest';
import { findMismatch, type StepReference, tolerances } from './find-mismatch.ts';

const named = (name: string, ...values: number[]) => ({
  name,
  shape: [values.length],
  values: Float32Array.from(values),
});

const reference: StepReference = {
  loss: 2,
  before: [named('a', 1, 1), named('b', 0)],
  after: [named('a', 1.5, 1), named('b', 0.25)],
};

const outcome = (loss: number, a: readonly number[], b: number) => ({
  loss,
  after: [named('a', ...a), named('b', b)],
});

describe('findMismatch', () => {
  it('accepts deviations within the tolerances', () => {
    const { loss, change } = tolerances;
    const within = outcome(2 * (1 + 0.9 * loss), [1.5 + 0.5 * 0.9 * change, 1], 0.25);
    expect(findMismatch(within, reference)).toBeUndefined();
  });

  it('names the loss with both numbers', () => {
    expect(findMismatch(outcome(2.5, [1.5, 1], 0.25), reference)).toEqual({
      quantity: 'the loss',
      onDevice: 2.5,
      onProcessor: 2,
    });
    expect(findMismatch(outcome(Number.NaN, [1.5, 1], 0.25), reference)?.onDevice).toBeNaN();
  });

  it('names the weight whose change deviates most', () => {
    expect(findMismatch(outcome(2, [1.5, 1.125], 0.25), reference)).toEqual({
      quantity: 'the change of a[1]',
      onDevice: 0.125,
      onProcessor: 0,
    });
    const notFinite = findMismatch(outcome(2, [1.5, 1], Number.POSITIVE_INFINITY), reference);
    expect(notFinite).toEqual({
      quantity: 'the change of b[0]',
      onDevice: Number.POSITIVE_INFINITY,
      onProcessor: 0.25,
    });
  });
});
