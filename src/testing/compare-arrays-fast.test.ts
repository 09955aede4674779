import { describe, expect, it } from 'vitest';
import { equalByBits } from './compare-arrays-fast.ts';

const values = (): Float32Array => Float32Array.from({ length: 1_000 }, (_, index) => Math.sin(index));

describe('equalByBits', () => {
  it('finds equal bits equal, also within larger memories and of odd lengths', () => {
    const shifted = new Float32Array(1_002);
    shifted.set(values(), 1);
    expect(equalByBits(values(), shifted.subarray(1, 1_001))).toBe(true);
    const bytes = Uint8Array.of(9, 1, 2, 3, 1, 2, 3);
    expect(equalByBits(bytes.subarray(1, 4), bytes.subarray(4))).toBe(true);
    expect(equalByBits(Float32Array.of(Number.NaN), Float32Array.of(Number.NaN))).toBe(true);
  });

  it('leaves everything else to the comparison of numbers', () => {
    const others = [values().subarray(1), Float64Array.from(values()), [...values()], undefined];
    for (const other of others) expect(equalByBits(values(), other)).toBeUndefined();
    const changed = values();
    changed[999]! *= 1 + 2 ** -23;
    expect(equalByBits(values(), changed)).toBeUndefined();
  });
});

describe('toEqual with it', () => {
  it('still finds one different bit, the sign of a zero, and another kind of array, at any depth', () => {
    const changed = values();
    changed[999]! *= 1 + 2 ** -23;
    expect({ weights: [changed] }).not.toEqual({ weights: [values()] });
    expect({ weights: [values()] }).toEqual({ weights: [values()] });
    expect(Float32Array.of(0)).not.toEqual(Float32Array.of(-0));
    expect(Int32Array.of(1)).not.toEqual(Uint32Array.of(1));
    expect(values()).not.toEqual(values().subarray(1));
  });
});
