import { expect, it } from 'vitest';
import { CheckpointPace } from './checkpoint-pace.ts';

it('a checkpoint is due every 20 s, or later if that would take more than 2 % of the time', () => {
  let nowMs = 1000;
  const pace = new CheckpointPace(() => nowMs);
  expect(pace.isDue).toBe(false);
  nowMs = 20_999;
  expect(pace.isDue).toBe(false);
  nowMs = 21_000;
  expect(pace.isDue).toBe(true);
  pace.end(100);
  expect(pace.isDue).toBe(false);
  nowMs = 41_000;
  expect(pace.isDue).toBe(true);
  pace.end(2000);
  nowMs = 140_999;
  expect(pace.isDue).toBe(false);
  nowMs = 141_000;
  expect(pace.isDue).toBe(true);
});
