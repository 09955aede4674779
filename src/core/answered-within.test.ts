import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answeredWithin } from './answered-within.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const late = (): Error => new Error('late');

/** Starts to wait for an answer, and returns how that ended so far. */
const waiting = (answer: Promise<string>) => {
  const ends: unknown[] = [];
  void answeredWithin(answer, 30_000, late).then(
    (value) => ends.push(value),
    (thrown: unknown) => ends.push(thrown),
  );
  return ends;
};

describe('answeredWithin', () => {
  it('passes an answer and a refusal on, and leaves no timer', async () => {
    const ends = [waiting(Promise.resolve('a')), waiting(Promise.reject('refused'))];
    await vi.advanceTimersByTimeAsync(0);
    expect(ends).toEqual([['a'], ['refused']]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits for 30 s, and not longer', async () => {
    const ends = waiting(new Promise(() => {}));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(ends).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ends).toEqual([late()]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
