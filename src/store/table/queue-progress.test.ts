import { describe, expect, it } from 'vitest';
import type { LossName } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import type { EntryState, QueueEntry } from '#core/table/queue-entry.ts';
import { queueProgress } from './queue-progress.ts';

const entry = (
  category: string,
  loss: LossName,
  trainCount: number,
  outcome: EntryState = { state: 'waiting' },
  spentMs = 0,
): QueueEntry => ({
  id: `${category}/${loss}/0`,
  category,
  imageCount: trainCount + 5,
  trainCount,
  loss,
  seed: 0,
  config: { ...presets.quickLook, loss, epochs: 10 },
  outcome,
  spentMs,
});

const done = (elapsedMs: number, epochs = 10): EntryState => ({
  state: 'done',
  result: {
    imageAuroc: { defined: true, value: 0.9 },
    interval: { defined: true, lower: 0.8, upper: 0.95 },
    trainImages: 1,
    testImages: 1,
    unreadable: 0,
    epochs,
    elapsedMs,
    device: '',
  },
});

const progress = (entries: readonly QueueEntry[], startedAtMs?: number, nowMs = 0) =>
  queueProgress({ entries, startedAtMs }, nowMs);

describe('progress of a queue', () => {
  it('is unknown in time before an entry was measured', () => {
    const { remainingMs, elapsedMs } = progress([entry('a', 'l2', 100, { state: 'running' })], 1000, 5000);
    expect(remainingMs).toBeUndefined();
    expect(elapsedMs).toBe(4000);
  });

  it('scales the pace of the same loss by images', () => {
    // With 100 images, L2 took 2 s and SSIM 6 s. So 50 images take 1 s with L2, and 200 images 12 s with SSIM.
    const { remainingMs } = progress([
      entry('a', 'l2', 100, done(2000)),
      entry('a', 'ssim', 100, done(6000)),
      entry('b', 'l2', 50),
      entry('b', 'ssim', 200),
    ]);
    expect(remainingMs).toBeCloseTo(13_000, 6);
  });

  it('uses the pace of all losses for an unmeasured loss', () => {
    expect(progress([entry('a', 'l2', 100, done(2000)), entry('a', 'wfdl', 100)]).remainingMs).toBeCloseTo(
      2000,
      6,
    );
  });

  it('subtracts the time of the running entry, and is never negative', () => {
    const first = entry('a', 'l2', 100, done(2000));
    const second = entry('b', 'l2', 100, { state: 'running' }, 300);
    expect(progress([first, second], 1000, 1500).remainingMs).toBeCloseTo(1200, 6);
    expect(progress([first, second], 1000, 1500).elapsedMs).toBe(2800);
    expect(progress([first, second], 1000, 9000).remainingMs).toBe(0);
  });

  it('does not learn from an entry that was not trained', () => {
    expect(progress([entry('a', 'l2', 100, done(5, 0)), entry('b', 'l2', 100)]).remainingMs).toBeUndefined();
  });

  it('counts what is over, failures among them', () => {
    const error = { code: 'internal', problem: '', remedy: '' } as const;
    expect(
      progress([
        entry('a', 'l2', 1, done(1)),
        entry('b', 'l2', 1, { state: 'failed', error }),
        entry('c', 'l2', 1, { state: 'skipped', reason: '' }),
        entry('d', 'l2', 1),
      ]),
    ).toMatchObject({ over: 3, total: 4, failed: 1 });
  });
});
