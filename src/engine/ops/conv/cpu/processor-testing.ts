/** Runs kernel calls of convolutions on the processor, for tests. */
import { expect } from 'vitest';
import { type KernelCall, Processor } from '../../../cpu/processor.ts';
import { runBackwards } from '../../../cpu/testing/chunk-order.ts';

export const floatBytes = 4;

/** Values spread over [-1, 1), the same for the same seed. */
export const values = (length: number, seed: number): Float32Array => {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
};

/** Memory between two guards, which no kernel may touch. */
const guarded = (processor: Processor, length: number): { address: number; intact: () => boolean } => {
  const guardFloats = 16;
  const all = length + 2 * guardFloats;
  const start = processor.heap.allocate(all * floatBytes);
  processor.floatsAt(start, all).fill(Number.NaN);
  return {
    address: start + guardFloats * floatBytes,
    intact: () => {
      const floats = processor.floatsAt(start, all);
      return [...floats.subarray(0, guardFloats), ...floats.subarray(length + guardFloats)].every(
        Number.isNaN,
      );
    },
  };
};

/**
 * Runs calls on a new processor twice, with the chunks in order and in reverse order. Fails if any bit of the
 * results differs, or if a value next to a tensor has changed.
 * @param inputs values, by the names of their addresses
 * @param sizes numbers of floats of the result and of the temporary memory
 */
export const compute = <Name extends string>(
  inputs: Readonly<Record<Name, Float32Array>>,
  sizes: { readonly result: number; readonly temporary: number },
  callsAt: (addresses: Readonly<Record<Name | 'result' | 'temporary', number>>) => readonly KernelCall[],
): Float32Array => {
  const runForwards = (processor: Processor, call: KernelCall): void => processor.run(call);
  const results = [runForwards, runBackwards].map((run) => {
    const processor = new Processor();
    const places: [string, ReturnType<typeof guarded>][] = [];
    for (const [name, values] of Object.entries<Float32Array>(inputs)) {
      const place = guarded(processor, values.length);
      processor.floatsAt(place.address, values.length).set(values);
      places.push([name, place]);
    }
    for (const [name, length] of Object.entries(sizes)) places.push([name, guarded(processor, length)]);
    const addresses = Object.fromEntries(places.map(([name, { address }]) => [name, address])) as Record<
      Name | 'result' | 'temporary',
      number
    >;
    for (const call of callsAt(addresses)) run(processor, call);
    for (const [, place] of places) expect(place.intact()).toBe(true);
    return processor.floatsAt(addresses.result, sizes.result).slice();
  });
  expect(results[1]).toEqual(results[0]);
  return results[0]!;
};

/** Repeats every pixel of [N, H, W, channels] in a 2x2 square. */
export const enlarge = (
  x: ArrayLike<number>,
  [batch, rows, columns, channels]: readonly [number, number, number, number],
): Float64Array => {
  const large = new Float64Array(4 * batch * rows * columns * channels);
  for (let index = 0; index < large.length; index++) {
    const channel = index % channels;
    const pixel = (index - channel) / channels;
    const column = pixel % (2 * columns);
    const row = (pixel - column) / (2 * columns);
    // The rows are numbered through all images, and an image has an even number of rows.
    large[index] = x[((row >> 1) * columns + (column >> 1)) * channels + channel]!;
  }
  return large;
};

/** The transpose of `enlarge`. */
export const sumSquares = (
  large: ArrayLike<number>,
  shape: readonly [number, number, number, number],
): Float64Array => {
  const [batch, rows, columns, channels] = shape;
  const places = enlarge(
    Float64Array.from({ length: batch * rows * columns * channels }, (_, index) => index),
    shape,
  );
  const small = new Float64Array(batch * rows * columns * channels);
  places.forEach((place, index) => {
    small[place]! += large[index]!;
  });
  return small;
};
