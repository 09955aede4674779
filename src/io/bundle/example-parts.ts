/** Test images in a bundle, with their expected reconstructions. Their expected scores are in `scores.csv`. */
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import type { NamedArray } from '#model/named-weights.ts';
import { writeSafetensors } from '../safetensors.ts';
import { encodePng } from './encode-png.ts';

/** A test image for a bundle. */
export interface Example {
  /** Path inside the category. */
  readonly path: string;
  /** Bytes of its file; undefined if it is none. */
  readonly file: Uint8Array<ArrayBuffer> | undefined;
  /** RGB bytes, [S, S, 3], as the model sees it: written as a PNG if there is no file. */
  readonly pixels: Uint8Array;
  /** [S, S, 3] in [0, 1]. */
  readonly reconstruction: Float32Array;
}

/** [S, S, 3] as PyTorch's [3, S, S]. */
const channelsFirst = (values: Float32Array): Float32Array => {
  const pixels = values.length / 3;
  return Float32Array.from(values, (_, at) => values[3 * (at % pixels) + Math.floor(at / pixels)]!);
};

const expectedOf = (side: number, { path, reconstruction }: Example): NamedArray => ({
  name: path,
  shape: [3, side, side],
  values: channelsFirst(reconstruction),
});

/** Writes each image below `examples/`, and their reconstructions by path as `examples/expected.safetensors`. */
export const exampleParts = (side: number, examples: readonly Example[]): readonly BundlePart[] => {
  if (examples.length === 0) return [];
  const tensors = examples.map((example) => expectedOf(side, example));
  return [
    ...examples.map(({ path, file, pixels }) => ({
      name: `examples/${path}`,
      bytes: file ?? encodePng(pixels, side),
    })),
    {
      name: 'examples/expected.safetensors',
      bytes: new Uint8Array(writeSafetensors({ metadata: { format: 'pt' }, tensors })),
    },
  ];
};
