/** Converts a convolution's filter between tfjs's layout [height, width, in, out] and PyTorch's [out, in, height, width]. */
import type { NamedArray } from '#model/named-weights.ts';

/** Sizes of a filter, independent of its layout. */
interface FilterSize {
  /** Height times width. */
  readonly area: number;
  readonly input: number;
  readonly output: number;
}

/** Copies each value to its place in the other layout. */
const moved = (
  values: Float32Array,
  { area, input, output }: FilterSize,
  to: 'pytorch' | 'tfjs',
): Float32Array => {
  const result = new Float32Array(values.length);
  for (let place = 0, tfjs = 0; place < area; place++) {
    for (let i = 0; i < input; i++) {
      for (let o = 0; o < output; o++, tfjs++) {
        const pytorch = (o * input + i) * area + place;
        if (to === 'pytorch') result[pytorch] = values[tfjs];
        else result[tfjs] = values[pytorch];
      }
    }
  }
  return result;
};

/** PyTorch's shape of a weight with this shape in tfjs; only filters, with four axes, differ. */
export const pytorchShape = (shape: readonly number[]): readonly number[] => {
  const [height, width, input, output] = shape;
  return shape.length === 4 ? [output!, input!, height!, width!] : shape;
};

/** A weight in PyTorch's layout; all but filters are returned unchanged. */
export const toPytorchLayout = (weight: NamedArray): NamedArray => {
  const { name, shape, values } = weight;
  if (shape.length !== 4) return weight;
  const [height, width, input, output] = shape as readonly [number, number, number, number];
  const size = { area: height * width, input, output };
  return { name, shape: pytorchShape(shape), values: moved(values, size, 'pytorch') };
};

/** A weight in tfjs's layout; all but filters are returned unchanged. */
export const toTfjsLayout = (weight: NamedArray): NamedArray => {
  const { name, shape, values } = weight;
  if (shape.length !== 4) return weight;
  const [output, input, height, width] = shape as readonly [number, number, number, number];
  const size = { area: height * width, input, output };
  return { name, shape: [height, width, input, output], values: moved(values, size, 'tfjs') };
};
