import { describe, expect, it } from 'vitest';
import { ShareClock } from './share-clock.ts';

describe('the progress clock', () => {
  it('assumes that the rest is as fast as the work so far', () => {
    const clock = new ShareClock(1000);
    // A quarter took 500 ms, so three quarters take 1500.
    expect(clock.at(0.25, 1500)).toEqual({ share: 0.25, remainingMs: 1500 });
    expect(clock.at(1, 2600)).toEqual({ share: 1, remainingMs: 0 });
  });

  it('stays silent about short work, and between reports', () => {
    const clock = new ShareClock(0);
    expect(clock.at(0.7, 200)).toBeUndefined();
    expect(clock.at(0.75, 300)).toEqual({ share: 0.75, remainingMs: 100 });
    expect(clock.at(0.77, 400)).toBeUndefined();
    expect(clock.at(0.8, 560)).toEqual({ share: 0.8, remainingMs: expect.closeTo(140, 9) });
  });
});
