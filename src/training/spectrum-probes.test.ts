import { expect, it } from 'vitest';
import { ProbePace } from './spectrum-probes.ts';

it('spaces cheap probes by a quarter of a second', () => {
  const pace = new ProbePace();
  expect(pace.isDue(0)).toBe(true);
  pace.add(0, 1);
  expect([249, 250].map((timeMs) => pace.isDue(timeMs))).toEqual([false, true]);
});

it('lets expensive probes take a twentieth of the time, except for the first, which includes one-time work', () => {
  const pace = new ProbePace();
  pace.add(0, 4000);
  expect(pace.isDue(4000)).toBe(true);
  pace.add(5000, 5100);
  // 100 ms of 2000: due 1900 ms after its end.
  expect([6999, 7000].map((timeMs) => pace.isDue(timeMs))).toEqual([false, true]);
});
