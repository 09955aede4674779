/** The time left of a count. */
import { describe, expect, it } from 'vitest';
import { timeLeftMs } from './format.ts';

describe('timeLeftMs', () => {
  it('goes on at the mean pace so far: 30 of 120 in 2 s leave 90 for 6 s', () => {
    expect(timeLeftMs(2000, 30, 120)).toBe(6000);
    expect(timeLeftMs(2000, 120, 120)).toBe(0);
  });

  it('says nothing before there is a pace', () => {
    expect(timeLeftMs(5000, 0, 120)).toBeUndefined();
    expect(timeLeftMs(100, 30, 120)).toBeUndefined();
  });
});
