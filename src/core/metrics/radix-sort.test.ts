import { describe, expect, it } from 'vitest';
import { hashValues } from '#testing/hash-values.ts';
import { orderedKey, radixSort } from './radix-sort.ts';

const keysOf = (values: Float32Array): Int32Array =>
  new Int32Array(values.buffer, values.byteOffset, values.length).map(orderedKey);

/** Values of all magnitudes and both signs, many of them duplicated. */
const mixed = Float32Array.from(hashValues(3000, 1), (value, index) => {
  const steps = index % 2 === 0 ? value : Math.round(value * 20) / 20;
  return steps * 10 ** ((index % 7) * 12 - 36);
});

const extremes = Float32Array.of(
  3.4028234663852886e38,
  -3.4028234663852886e38,
  1.4e-45,
  -1.4e-45,
  0,
  -0,
  1,
  -1,
);

describe('orderedKey', () => {
  it('orders like the values, from the smallest to the largest', () => {
    const ascending = Float32Array.from(extremes).sort();
    const keys = Array.from(keysOf(ascending));
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
    expect(new Set(keys).size).toBe(7);
  });

  it('is the same for 0 and -0', () => {
    expect(new Set(keysOf(Float32Array.of(0, -0)))).toEqual(new Set([0]));
  });
});

describe('radixSort', () => {
  it('sorts like a comparison sort', () => {
    const keys = keysOf(Float32Array.of(...mixed, ...extremes));
    const expected = keys.slice().sort();
    radixSort(keys, new Int32Array(keys.length + 5));
    expect(keys).toEqual(expected);
  });

  it('moves a payload along, and is stable', () => {
    const keys = keysOf(mixed);
    const expected = Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b] || a - b);
    const payload = Uint32Array.from(keys.keys());
    radixSort(keys, new Int32Array(keys.length), payload, new Uint32Array(keys.length));
    expect(Array.from(payload)).toEqual(expected);
  });

  it.each([
    ['in no digit', 0, 0],
    ['in the lowest digit', 1, 5],
    ['in the highest digit', 1 << 28, 5],
    ['in two digits', 1 << 9, 5],
  ])('sorts keys that differ %s only', (_, step, base) => {
    const keys = Int32Array.from([3, 1, 2, 0, 3], (value) => base + step * value);
    radixSort(keys, new Int32Array(5));
    expect(Array.from(keys)).toEqual([0, 1, 2, 3, 3].map((value) => base + step * value));
  });

  it('accepts an empty list', () => {
    const keys = new Int32Array(0);
    radixSort(keys, new Int32Array(0));
    expect(keys).toHaveLength(0);
  });
});
