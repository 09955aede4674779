import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { largestDifference } from '#testing/compare.ts';
import golden from '#testing/golden/model.golden.json';
import { autoencoderLayers } from './architecture.ts';
import { fromNamedArrays, type NamedArray, namedShapes, toNamedArrays } from './named-weights.ts';
import { initialStatistics, initialValue, parameterSpecs } from './parameters.ts';

const specs = parameterSpecs(autoencoderLayers(32, 0.25));

const initialArrays = (): NamedArray[] =>
  toNamedArrays(specs, {
    parameters: new Map(specs.map((spec) => [spec.name, initialValue(spec, 1, 'pytorch')])),
    statistics: new Map(
      specs.flatMap(({ kind, name, shape }) =>
        kind === 'batch-norm' ? [[name, initialStatistics(shape[1])] as const] : [],
      ),
    ),
  });

const problemOf = (change: (arrays: NamedArray[]) => NamedArray[]): string => {
  try {
    fromNamedArrays(specs, change(initialArrays()));
  } catch (error) {
    if (error instanceof ResiduaError && error.code === 'import-invalid') return error.problem;
    throw error;
  }
  return 'nothing thrown';
};

describe('namedShapes', () => {
  it.each(golden.cases)(
    "has the names of PyTorch's state_dict, in its order, at side $side",
    ({ side, width, names }) => {
      const ours = namedShapes(parameterSpecs(autoencoderLayers(side, width))).map(({ name }) => name);
      expect(ours).toEqual(names);
    },
  );
});

describe('toNamedArrays and fromNamedArrays', () => {
  it('are inverses of each other', () => {
    const arrays = initialArrays();
    const back = toNamedArrays(specs, fromNamedArrays(specs, arrays));
    expect(back.map(({ name, shape }) => [name, shape])).toEqual(
      arrays.map(({ name, shape }) => [name, shape]),
    );
    expect(back.every(({ values }, index) => largestDifference(values, arrays[index]!.values) === 0)).toBe(
      true,
    );
  });

  it('split weight, bias, mean and variance', () => {
    const bn = initialArrays().filter(({ name }) => name.startsWith('encoder.0.bn1'));
    expect(bn.map(({ name, values }) => [name, values[0]])).toEqual([
      ['encoder.0.bn1.weight', 1],
      ['encoder.0.bn1.bias', 0],
      ['encoder.0.bn1.running_mean', 0],
      ['encoder.0.bn1.running_var', 1],
    ]);
  });

  it('do not depend on the order of the arrays', () => {
    const arrays = initialArrays();
    const turned = fromNamedArrays(specs, arrays.toReversed());
    for (const [name, values] of fromNamedArrays(specs, arrays).parameters) {
      expect(largestDifference(turned.parameters.get(name)!, values)).toBe(0);
    }
  });

  it('name a missing, unknown, repeated or misshapen array', () => {
    expect(problemOf((arrays) => arrays.slice(1))).toMatch(/encoder\.0\.conv1\.weight is missing/);
    const stranger = { name: 'encoder.9.conv1.weight', shape: [1], values: new Float32Array(1) };
    expect(problemOf((arrays) => [...arrays, stranger])).toMatch(/encoder\.9\.conv1\.weight does not belong/);
    expect(problemOf((arrays) => [...arrays, arrays[1]!])).toMatch(
      /encoder\.0\.bn1\.weight is present twice/,
    );
    expect(
      problemOf((arrays) =>
        arrays.map((array, index) => (index === 1 ? { ...array, shape: [4, 4] } : array)),
      ),
    ).toMatch(/encoder\.0\.bn1\.weight has shape \[4, 4\] and 16 values, expected \[16\] and 16/);
    expect(
      problemOf((arrays) =>
        arrays.map((array, index) => (index === 1 ? { ...array, values: array.values.slice(1) } : array)),
      ),
    ).toMatch(/15 values/);
  });
});
