/** Remembering the last result. */
import { describe, expect, it } from 'vitest';
import { rememberLast } from './remember-last.ts';

describe('rememberLast', () => {
  it('computes again only when an input has changed', () => {
    let calls = 0;
    const sum = rememberLast((a: number, b: number) => {
      calls++;
      return [a + b];
    });
    const first = sum(1, 2);
    expect(sum(1, 2)).toBe(first);
    expect(sum(2, 2)).toEqual([4]);
    expect(sum(1, 2)).not.toBe(first);
    expect(calls).toBe(3);
  });
});
