import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

describe('work in tasks of its own', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('runs in order, one piece a timer, and goes on after it was empty', () => {
    const done: number[] = [];
    oneAtATime(() => done.push(1));
    oneAtATime(() => done.push(2));
    expect(done).toEqual([]);
    vi.advanceTimersToNextTimer();
    expect(done).toEqual([1]);
    vi.advanceTimersToNextTimer();
    expect(done).toEqual([1, 2]);
    oneAtATime(() => done.push(3));
    vi.runAllTimers();
    expect(done).toEqual([1, 2, 3]);
  });
});
