/** Weights as named arrays with PyTorch's names, and their conversion from and to the model's tensors. Free of tfjs. */
import { ResiduaError } from '#core/errors.ts';
import { excerpt } from '#core/excerpt.ts';
import type { ParameterSpec } from './parameters.ts';

/** A tensor of a trained model, by its PyTorch name, in tfjs's layout. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type NamedShape = Pick<NamedArray, 'name' | 'shape'>;

/** Values of every parameter and every batch norm's statistics, with the names in `parameterSpecs`. */
export interface ModelValues {
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** Mean, then variance, [2, C]. */
  readonly statistics: ReadonlyMap<string, Float32Array>;
}

const batchNormRows = (name: string, channels: number, kind: 'parameters' | 'statistics') =>
  (kind === 'parameters' ? ['weight', 'bias'] : ['running_mean', 'running_var']).map((row) => ({
    name: `${name}.${row}`,
    shape: [channels],
  }));

/** Names and shapes of all arrays of a model, in PyTorch's order; without the unused `num_batches_tracked`. */
export const namedShapes = (specs: readonly ParameterSpec[]): NamedShape[] =>
  specs.flatMap((spec): NamedShape[] =>
    spec.kind === 'batch-norm'
      ? [
          ...batchNormRows(spec.name, spec.shape[1], 'parameters'),
          ...batchNormRows(spec.name, spec.shape[1], 'statistics'),
        ]
      : [{ name: spec.name, shape: spec.shape }],
  );

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Concatenates the values of arrays in their order; a new array. */
export const flatWeights = (arrays: readonly NamedArray[]): Float32Array<ArrayBuffer> => {
  const flat = new Float32Array(arrays.reduce((sum, { values }) => sum + values.length, 0));
  let offset = 0;
  for (const { values } of arrays) {
    flat.set(values, offset);
    offset += values.length;
  }
  return flat;
};

/**
 * The arrays of a model from `flatWeights` of all of them, in the order of `namedShapes`. They are views of it.
 * @throws RangeError if the number of values is another
 */
export const namedWeights = (specs: readonly ParameterSpec[], flat: Float32Array): NamedArray[] => {
  const shapes = namedShapes(specs);
  const count = shapes.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (flat.length !== count) {
    throw new RangeError(`The model has ${count} weights, got ${flat.length}.`);
  }
  let offset = 0;
  return shapes.map(({ name, shape }) => {
    const end = offset + sizeOf(shape);
    const values = flat.subarray(offset, end);
    offset = end;
    return { name, shape, values };
  });
};

/** Converts the model's values to arrays with PyTorch's names. */
export const toNamedArrays = (specs: readonly ParameterSpec[], values: ModelValues): NamedArray[] =>
  specs.flatMap((spec): NamedArray[] => {
    if (spec.kind !== 'batch-norm') {
      return [{ name: spec.name, shape: spec.shape, values: values.parameters.get(spec.name)! }];
    }
    const channels = spec.shape[1];
    return (['parameters', 'statistics'] as const).flatMap((kind) =>
      batchNormRows(spec.name, channels, kind).map(({ name, shape }, row) => ({
        name,
        shape,
        values: values[kind].get(spec.name)!.slice(row * channels, (row + 1) * channels),
      })),
    );
  });

const invalid = (problem: string): ResiduaError =>
  new ResiduaError('import-invalid', problem, 'Choose the files of a run exported by Residua.');

/**
 * Converts arrays with PyTorch's names to the model's values.
 * @throws ResiduaError `import-invalid`, naming the array that is missing, unknown, repeated or of another shape
 */
export const fromNamedArrays = (
  specs: readonly ParameterSpec[],
  arrays: readonly NamedArray[],
): ModelValues => {
  const byName = new Map<string, NamedArray>();
  for (const array of arrays) {
    if (byName.has(array.name)) throw invalid(`The weight ${excerpt(array.name)} is present twice.`);
    byName.set(array.name, array);
  }
  const expected = namedShapes(specs);
  for (const { name, shape } of expected) {
    const array = byName.get(name);
    if (!array) throw invalid(`The weight ${name} is missing.`);
    const size = sizeOf(shape);
    if (array.shape.join() !== shape.join() || array.values.length !== size) {
      throw invalid(
        `The weight ${name} has shape [${array.shape.join(', ')}] and ${array.values.length} values, ` +
          `expected [${shape.join(', ')}] and ${size}.`,
      );
    }
  }
  const known = new Set(expected.map(({ name }) => name));
  const stranger = arrays.find(({ name }) => !known.has(name));
  if (stranger) throw invalid(`The weight ${excerpt(stranger.name)} does not belong to this model.`);

  const values = (name: string): Float32Array => byName.get(name)!.values;
  const parameters = new Map<string, Float32Array>();
  const statistics = new Map<string, Float32Array>();
  for (const { kind, name } of specs) {
    if (kind === 'batch-norm') {
      parameters.set(name, Float32Array.of(...values(`${name}.weight`), ...values(`${name}.bias`)));
      statistics.set(
        name,
        Float32Array.of(...values(`${name}.running_mean`), ...values(`${name}.running_var`)),
      );
    } else {
      parameters.set(name, values(name));
    }
  }
  return { parameters, statistics };
};
