/** Recording, undoing and redoing changes of settings, without a store. */
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import {
  changeBetween,
  dragPauseMs,
  initialSettingsHistory,
  mostChanges,
  recordChange,
  type SettingsHistory,
  withoutLastChangeOf,
  withRedone,
  withUndone,
} from './state.ts';

const base = presets.quickLook;

/** Records configs one after the other, each at its time, beginning with the initial one. */
const recorded = (...steps: readonly (readonly [atMs: number, change: Partial<RunConfig>])[]) => {
  let config: RunConfig = base;
  let history: SettingsHistory = initialSettingsHistory;
  for (const [atMs, change] of steps) {
    const next = { ...config, ...change };
    const made = changeBetween('setting', config, next, atMs);
    if (made) history = recordChange(history, made);
    config = next;
  }
  return history;
};

describe('a change', () => {
  it('holds the settings that differ and no others', () => {
    const change = changeBetween('preset', base, { ...base, batch: 16, seed: 3 }, 5);
    expect(change).toEqual({
      kind: 'preset',
      before: { batch: 8, seed: 0 },
      after: { batch: 16, seed: 3 },
      atMs: 5,
    });
  });

  it('is none if nothing differs', () => {
    expect(changeBetween('setting', base, { ...base }, 0)).toBeUndefined();
  });
});

describe('recording', () => {
  it('makes one change of a drag, from where it began to where it ended', () => {
    const { past } = recorded([0, { dcWeight: 0.9 }], [16, { dcWeight: 0.5 }], [32, { dcWeight: 0.2 }]);
    expect(past).toHaveLength(1);
    expect(past[0]).toMatchObject({ before: { dcWeight: 1 }, after: { dcWeight: 0.2 } });
  });

  it('counts the pause from the last value of a drag, however long the drag is', () => {
    const { past } = recorded(
      [0, { dcWeight: 0.9 }],
      [dragPauseMs, { dcWeight: 0.5 }],
      [2 * dragPauseMs, { dcWeight: 0.2 }],
    );
    expect(past).toHaveLength(1);
  });

  it('keeps two drags with a pause between them apart', () => {
    const { past } = recorded([0, { dcWeight: 0.9 }], [dragPauseMs + 1, { dcWeight: 0.5 }]);
    expect(past.map(({ before }) => before)).toEqual([{ dcWeight: 1 }, { dcWeight: 0.9 }]);
  });

  it('forgets a drag that ended where it began', () => {
    const { past } = recorded([0, { seed: 1 }], [10, { dcWeight: 0.5 }], [20, { dcWeight: 1 }]);
    expect(past.map(({ after }) => after)).toEqual([{ seed: 1 }]);
  });

  it('keeps drags of different settings, and choices of one, apart', () => {
    expect(recorded([0, { bandLow: 1 }], [1, { bandHigh: 9 }]).past).toHaveLength(2);
    expect(recorded([0, { loss: 'l2' }], [1, { loss: 'ssim' }]).past).toHaveLength(2);
  });

  it('forgets what had been undone', () => {
    const undone = withUndone(recorded([0, { batch: 16 }]));
    const change = changeBetween('setting', base, { ...base, seed: 4 }, 9)!;
    expect(recordChange(undone, change)).toEqual({ past: [change], future: [] });
  });

  it('does not join a drag to one before an undo', () => {
    const undone = withUndone(recorded([0, { dcWeight: 0.9 }], [10, { seed: 1 }]));
    const drag = changeBetween('setting', { ...base, dcWeight: 0.9 }, { ...base, dcWeight: 0.5 }, 20)!;
    expect(recordChange(undone, drag).past).toHaveLength(2);
  });

  it('drops the oldest beyond its bound', () => {
    const steps = Array.from(
      { length: mostChanges + 2 },
      (_, index) => [index, { seed: index + 1 }] as const,
    );
    const { past } = recorded(...steps);
    expect(past).toHaveLength(mostChanges);
    // The first two of the changes to 1, 2, 3 ... are gone.
    expect(past[0]?.after).toEqual({ seed: 3 });
    expect(past.at(-1)?.after).toEqual({ seed: mostChanges + 2 });
  });
});

describe('settings that went back by themselves', () => {
  it('lose their last change, and no other', () => {
    const history = recorded([0, { batch: 16 }], [1, { batchNorm: 'running' }], [2, { bandHigh: 8 }]);
    const [batch, , band] = history.past;
    expect(withoutLastChangeOf(history, ['batchNorm'])).toEqual({ past: [batch, band], future: [] });
    expect(withoutLastChangeOf(history, ['seed'])).toBe(history);
  });
});

describe('undo and redo', () => {
  it('move changes between past and future, the last first', () => {
    const history = recorded([0, { batch: 16 }], [1, { seed: 2 }]);
    const [first, second] = history.past;
    const once = withUndone(history);
    expect(once).toEqual({ past: [first], future: [second] });
    const twice = withUndone(once);
    expect(twice).toEqual({ past: [], future: [first, second] });
    expect(withRedone(withRedone(twice))).toEqual(history);
  });

  it('leave an empty history as it is', () => {
    expect(withUndone(initialSettingsHistory)).toBe(initialSettingsHistory);
    expect(withRedone(initialSettingsHistory)).toBe(initialSettingsHistory);
  });
});
