/** The weights and images of `golden/pytorch_model.py`, from the same integer hash. */
import { autoencoderLayers } from '#model/architecture.ts';
import { type NamedArray, namedShapes } from '#model/named-weights.ts';
import { parameterSpecs } from '#model/parameters.ts';
import { hashValues, seriesOf } from './hash-values.ts';

/** Test weights for every array of the model. */
export const goldenWeights = (side: number, width: number): NamedArray[] =>
  namedShapes(parameterSpecs(autoencoderLayers(side, width))).map(({ name, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const series = seriesOf(name);
    if (shape.length === 4) {
      const bound = Math.sqrt(6 / (size / shape[3]!));
      return { name, shape, values: hashValues(size, series, -bound, bound) };
    }
    const positive = name.endsWith('running_var') || name.endsWith('weight');
    return {
      name,
      shape,
      values: positive ? hashValues(size, series, 0.5, 1.5) : hashValues(size, series, -0.5, 0.5),
    };
  });

/** Images in [0, 1), NHWC; each draw gives a different batch. */
export const goldenImages = (count: number, side: number, draw: number): Float32Array =>
  hashValues(count * side * side * 3, seriesOf(`images ${draw}`), 0, 1);
