/** Test plan: lists of pairs around chunks, gaps between them untouched; indices inside and outside; the curriculum's weight. */
import { describe, expect, it } from 'vitest';
import { hashValues } from '#testing/hash-values.ts';
import { Processor } from '../../cpu/processor.ts';
import { runBackwards } from '../../cpu/testing/chunk-order.ts';
import { mergeCall } from '../batch-norm/batch-norm-calls.ts';
import { curriculumCalls, curriculumRoom } from '../curriculum/curriculum-calls.ts';
import { accumulateCall, storeColumnCall } from './in-place-calls.ts';

const processor = new Processor();

const place = (values: ArrayLike<number>): number => {
  const address = processor.heap.allocate(values.length * 4);
  processor.floatsAt(address, values.length).set(values);
  return address;
};

describe('accumulateCall', () => {
  it('adds each source to its target and touches nothing beside, its chunks in any order', () => {
    const sizes = [1, 5, 16_384, 3, 20_001];
    const pairs = sizes.map((size, index) => ({
      target: place([...hashValues(size, index), 7]),
      source: place(hashValues(size, index + 9)),
      size,
    }));
    runBackwards(processor, accumulateCall(pairs));
    pairs.forEach(({ target, size }, index) => {
      const sources = hashValues(size, index + 9);
      const expected = hashValues(size, index).map((value, i) => value + sources[i]!);
      expect(processor.floatsAt(target, size)).toEqual(expected);
      expect(processor.floatsAt(target, size + 1)[size]).toBe(7);
    });
  });
});

describe('storeColumnCall', () => {
  it('stores a value per row at a column that lies in the memory, and nowhere outside of the target', () => {
    const at = {
      target: place([0, 0, 0, 1, 1, 1, 5]),
      column: place([2]),
      values: [place([1.5]), place([2.5])],
    };
    const store = (column: number) => {
      processor.floatsAt(at.column, 1)[0] = column;
      processor.run(storeColumnCall(at, 3));
      return [...processor.floatsAt(at.target, 7)];
    };
    expect(store(2)).toEqual([0, 0, 1.5, 1, 1, 2.5, 5]);
    const both = [1.5, 0, 1.5, 2.5, 1, 2.5, 5];
    expect(store(0)).toEqual(both);
    for (const column of [3, -1, Number.NaN, 1e20]) expect(store(column)).toEqual(both);
  });
});

describe('mergeCall', () => {
  it('moves each of several statistics by its own factor of the variance', () => {
    const numbers = place([0.25, 2]);
    const pairs = [3, 8].map((channels, index) => ({
      target: place(hashValues(2 * channels, index)),
      moments: place(hashValues(2 * channels, index + 5)),
      channels,
      varianceFactor: 1 + index / 4,
    }));
    runBackwards(processor, mergeCall(numbers, pairs, false));
    pairs.forEach(({ target, channels, varianceFactor }, index) => {
      const [kept, seen] = [hashValues(2 * channels, index), hashValues(2 * channels, index + 5)];
      const actual = processor.floatsAt(target, 2 * channels);
      for (let channel = 0; channel < channels; channel++) {
        const row = channel + channels;
        const delta = seen[channel]! - kept[channel]!;
        const change = varianceFactor * seen[row]! - kept[row]!;
        // A few roundings of values below 8.
        expect(Math.abs(actual[channel]! - (kept[channel]! + 0.25 * delta))).toBeLessThan(2 ** -21);
        const variance = kept[row]! + 0.25 * change + 2 * delta * delta;
        expect(Math.abs(actual[row]! - variance)).toBeLessThan(2 ** -19);
      }
    });
  });
});

describe('curriculumCalls', () => {
  for (const size of [64, 2048, 2049, 16_384]) {
    it(`agree with float64 at ${size} weights, chunks in any order`, () => {
      const weight = hashValues(size, 1, -0.2, 3).map((value) => Math.max(0, value));
      const at = {
        weight: place(weight),
        exponent: place([0.375]),
        result: place(new Float32Array(size)),
        parts: processor.heap.allocate(curriculumRoom(size)),
      };
      for (const call of curriculumCalls(size, 0.5, at)) runBackwards(processor, call);
      const powers = Float64Array.from(weight, (value, index) => (index === 0 ? 0 : value ** 0.375));
      const sumOf = (values: ArrayLike<number>) =>
        Array.from(values).reduce((sum, value, index) => (index === 0 ? sum : sum + value), 0);
      const factor = sumOf(weight) / sumOf(powers);
      const expected = powers.map((power) => power * factor);
      expected[0] = 0.5 * Math.max(...expected.subarray(1));
      const actual = processor.floatsAt(at.result, size);
      let worst = 0;
      expected.forEach((value, index) => {
        worst = Math.max(worst, Math.abs(actual[index]! - value));
      });
      // The power's unit or so, and two roundings, of values below 4.
      expect(worst).toBeLessThan(4 * 4 * 2 ** -24);
    });
  }
});
