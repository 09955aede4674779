/** Runs calls of convolutions on the processor, for tests. */
import { expect } from 'vitest';
import { wordBytes, wordsOfCommand } from '../../../cpu/memory-map.ts';
import { type KernelCall, Processor } from '../../../cpu/processor.ts';

export const floatBytes = 4;

/** Values spread over [-1, 1), the same for the same seed. */
export const values = (length: number, seed: number): Float32Array => {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
};

/** Runs the chunks of each call from the last to the first, an extreme order. */
const runBackwards = (processor: Processor, calls: readonly KernelCall[]): void => {
  for (const call of calls) {
    const list = processor.writeList([call]);
    for (let chunk = call.chunks - 1; chunk >= 0; chunk--) {
      // The words after the kernel and its arguments: where the chunks end, and the next one.
      processor.words.set([chunk + 1, chunk], list.address / wordBytes + wordsOfCommand - 2);
      processor.runList(list);
    }
    processor.heap.release(list.address);
  }
};

const runForwards = (processor: Processor, calls: readonly KernelCall[]): void => {
  for (const call of calls) processor.run(call);
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

type Addresses = { readonly inputs: readonly number[]; readonly result: number; readonly extra: number };

/**
 * Runs calls on a new processor, twice: from the first chunk to the last, and from the last to the first. Fails if the results
 * differ in a bit, or if a value beside a tensor has changed.
 * @param sizes floats of the result, and of the temporary memory
 */
export const compute = (
  inputs: readonly Float32Array[],
  sizes: { readonly result: number; readonly extra: number },
  callsOf: (addresses: Addresses) => readonly KernelCall[],
): Float32Array => {
  const results = [runForwards, runBackwards].map((run) => {
    const processor = new Processor();
    const places = inputs.map((input) => {
      const place = guarded(processor, input.length);
      processor.floatsAt(place.address, input.length).set(input);
      return place;
    });
    const result = guarded(processor, sizes.result);
    const extra = guarded(processor, sizes.extra);
    const addresses = {
      inputs: places.map(({ address }) => address),
      result: result.address,
      extra: extra.address,
    };
    run(processor, callsOf(addresses));
    for (const place of [...places, result, extra]) expect(place.intact()).toBe(true);
    return processor.floatsAt(result.address, sizes.result).slice();
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
    // All images lie below each other, and an image has an even number of rows.
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
