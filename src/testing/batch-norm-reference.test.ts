import { describe, expect, it } from 'vitest';
import {
  type BatchNormCase,
  referenceApply,
  referenceGradient,
  referenceMoments,
} from './batch-norm-reference.ts';
import { largestDifference } from './compare.ts';
import { hashValues } from './hash-values.ts';

const base = (relu: boolean): BatchNormCase => ({
  rows: 6,
  channels: 2,
  x: Float64Array.from(hashValues(12, 1)),
  affine: Float64Array.from(hashValues(4, 2, 0.5, 1.5)),
  epsilon: 1e-5,
  relu,
});
const dy = Float64Array.from(hashValues(12, 3));

const objective = (given: BatchNormCase): number =>
  referenceApply(given, referenceMoments(given)).reduce((sum, value, index) => sum + value * dy[index]!, 0);

/** Central differences of the objective with respect to one of the inputs. */
const finiteDifferences = (given: BatchNormCase, input: 'x' | 'affine', step: number): Float64Array =>
  Float64Array.from(given[input], (_, index) => {
    const moved = (by: number): BatchNormCase => {
      const values = Float64Array.from(given[input]);
      values[index]! += by;
      return { ...given, [input]: values };
    };
    return (objective(moved(step)) - objective(moved(-step))) / (2 * step);
  });

describe('the float64 reference of batch norm', () => {
  it.each([false, true])('matches the gradient by finite differences (ReLU %s)', (relu) => {
    const given = base(relu);
    const { dx, daffine } = referenceGradient(given, dy);
    // Central differences have the error step^2 f''' / 6 + 2^-53 |f| / step, about 1e-9 at step 1e-5 with values of order 1
    // to 100 (the deviation here is about 0.5, so third derivatives stay below 100).
    expect(largestDifference(finiteDifferences(given, 'x', 1e-5), dx)).toBeLessThan(2e-8);
    expect(largestDifference(finiteDifferences(given, 'affine', 1e-5), daffine)).toBeLessThan(2e-8);
  });

  it('gives every channel mean 0 and variance 1 before scale and shift', () => {
    const given = { ...base(false), affine: [1, 1, 0, 0], epsilon: 0 };
    const y = referenceApply(given, referenceMoments(given));
    const moments = referenceMoments({ ...given, x: y });
    expect(largestDifference(moments, [0, 0, 1, 1])).toBeLessThan(1e-14);
  });
});
