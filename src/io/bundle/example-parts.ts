/** Test images in a bundle, with their expected reconstructions. Their expected scores are in `scores.csv`. */
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import type { NamedArray } from '#model/named-weights.ts';
import { writeSafetensors } from '../safetensors.ts';
import { encodePng } from './encode-png.ts';

/** A test image for a bundle: n pictures, one unless it is cut into tiles. */
export interface Example {
  /** Path inside the category. */
  readonly path: string;
  /** Bytes of its file; undefined if it is none. */
  readonly file: Uint8Array<ArrayBuffer> | undefined;
  /** RGB bytes, [n, S, S, 3], as the model sees it: written as one PNG, from top to bottom, if there is no file. */
  readonly pixels: Uint8Array;
  /** [n, S, S, 3] in [0, 1]. */
  readonly reconstruction: Float32Array;
}

/** [n, S, S, 3] as PyTorch's [n, 3, S, S]. */
const channelsFirst = (values: Float32Array, pixels: number): Float32Array =>
  Float32Array.from(values, (_, at) => {
    const picture = Math.floor(at / (3 * pixels));
    return values[3 * (picture * pixels + (at % pixels)) + (Math.floor(at / pixels) % 3)]!;
  });

const expectedOf = (side: number, { path, reconstruction }: Example): NamedArray => {
  const count = reconstruction.length / (3 * side * side);
  return {
    name: path,
    shape: count === 1 ? [3, side, side] : [count, 3, side, side],
    values: channelsFirst(reconstruction, side * side),
  };
};

/**
 * Writes each image below `examples/`, and their reconstructions by path as `examples/expected.safetensors`: [3, S, S], or
 * [n, 3, S, S] of an image in tiles. Tiles one below the other are an image whose tiles are these, to the bit.
 */
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
