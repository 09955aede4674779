import { describe, expect, it } from 'vitest';
import { StepHistory } from './step-history.ts';

const records = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    step: from + i,
    epoch: 1 + Math.floor((from + i) / 100),
    loss: 1 / (from + i),
  }));

describe('the history of the steps', () => {
  it('gives the steps back, by index from both ends and in order', () => {
    const all = [...records(1, 3), { step: 4, epoch: 1, loss: 2, objective: 3 }];
    const history = StepHistory.of(all);
    expect([...history]).toEqual(all);
    expect(history.at(0)).toEqual(all[0]);
    expect(history.at(-1)).toEqual(all[3]);
    expect([history.at(4), history.at(-5)]).toEqual([undefined, undefined]);
    expect(Array.from(history.column('step'))).toEqual([1, 2, 3, 4]);
    expect([history.hasObjectives, StepHistory.of(records(1, 3)).hasObjectives]).toEqual([true, false]);
  });

  it('leaves earlier views as they are, also if two views are appended to', () => {
    const three = StepHistory.of(records(1, 3));
    const five = three.append(records(4, 2));
    const other = three.append([{ step: 4, epoch: 9, loss: 9 }]);
    expect([three.length, five.length, other.length]).toEqual([3, 5, 4]);
    expect([...five]).toEqual(records(1, 5));
    expect(other.at(-1)).toEqual({ step: 4, epoch: 9, loss: 9 });
    expect(StepHistory.empty.length).toBe(0);
    expect(other.columns).not.toBe(five.columns);
  });

  it('copies its columns only when they are full, so that a run of 200,000 steps does so eight times', () => {
    let history = StepHistory.empty;
    const buffers = new Set<ArrayBufferLike>();
    for (let step = 1; step < 200_000; step += 100) {
      history = history.append(records(step, 100));
      buffers.add(history.column('loss').buffer);
    }
    expect(history.length).toBe(200_000);
    // 1024 steps, and twice as many each time: 2200, 4402, ... 281,802.
    expect(buffers.size).toBeLessThanOrEqual(9);
  });
});
