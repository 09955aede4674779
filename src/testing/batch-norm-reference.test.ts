import { describe, expect, it } from 'vitest';
import {
  type BatchNormCase,
  type BlockEndCase,
  referenceApply,
  referenceBlockEnd,
  referenceBlockEndGradient,
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

describe('the float64 reference of the end of a block', () => {
  /** Two images of 2 x 2 pixels, enlarged from 1 x 1, or as they are. */
  const ends: BlockEndCase[] = [undefined, 1].flatMap((columns) => {
    const branch = { ...base(false), rows: 8, x: hashValues(16, 1) };
    const x = hashValues(columns ? 4 : 16, 5);
    const projection = { ...branch, rows: columns ? 2 : 8, x, affine: hashValues(4, 6, 0.5, 1.5) };
    return [x, projection].map((shortcut) => ({ branch, shortcut, columns }));
  });

  it.each(ends)('has the gradients that finite differences give', (given) => {
    const weights = hashValues(16, 3);
    const total = (end: BlockEndCase): number =>
      referenceBlockEnd(end).reduce((sum, value, index) => sum + value * weights[index]!, 0);
    const differences = (values: ArrayLike<number>, put: (moved: Float64Array) => BlockEndCase) =>
      Float64Array.from({ length: values.length }, (_, index) => {
        const moved = (by: number): BlockEndCase => {
          const all = Float64Array.from(values);
          all[index]! += by;
          return put(all);
        };
        return (total(moved(1e-5)) - total(moved(-1e-5))) / 2e-5;
      });
    const { branch, shortcut } = given;
    const got = referenceBlockEndGradient(given, weights);
    const withBranch = (x: Float64Array): BlockEndCase => ({ ...given, branch: { ...branch, x } });
    // As above; two values of a channel, as the shortcut of two images has, may be close, and third derivatives larger.
    expect(largestDifference(differences(branch.x, withBranch), got.branch.dx)).toBeLessThan(2e-7);
    if ('affine' in shortcut) {
      const withX = (x: Float64Array): BlockEndCase => ({ ...given, shortcut: { ...shortcut, x } });
      const withAffine = (affine: Float64Array): BlockEndCase => ({
        ...given,
        shortcut: { ...shortcut, affine },
      });
      expect(largestDifference(differences(shortcut.x, withX), got.shortcut.dx)).toBeLessThan(2e-7);
      expect(largestDifference(differences(shortcut.affine, withAffine), got.shortcut.daffine!)).toBeLessThan(
        2e-7,
      );
    } else {
      const withShortcut = (moved: Float64Array): BlockEndCase => ({ ...given, shortcut: moved });
      expect(largestDifference(differences(shortcut, withShortcut), got.shortcut.dx)).toBeLessThan(2e-7);
    }
  });

  it('adds each pixel of a smaller shortcut to four', () => {
    const branch = { rows: 8, channels: 1, x: new Float64Array(8), affine: [1, 0], epsilon: 1, relu: false };
    const y = referenceBlockEnd({ branch, shortcut: [3, 5], columns: 2 });
    expect([...y]).toEqual([3, 3, 5, 5, 3, 3, 5, 5]);
  });
});
