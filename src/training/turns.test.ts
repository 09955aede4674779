import { describe, expect, it } from 'vitest';
import { cancelled } from '#core/errors.ts';
import { config, FakeRun, Recorder, settings } from './testing/fake-run.ts';
import { Trainer } from './trainer.ts';
import { Turns } from './turns.ts';

/** Takes turns until its work of `steps` is done. */
const worker = (turns: Turns, rank: number, steps: number, log: string[]) => {
  let done = 0;
  const turn = turns.join(rank, () => done / steps);
  return async (): Promise<void> => {
    while (done < steps) {
      await turn.take();
      log.push(`${rank}`);
      done += 1;
    }
    turn.leave();
  };
};

describe('turns', () => {
  it('go to the trainer that is furthest behind, and in order to those that are equally far', async () => {
    const log: string[] = [];
    const turns = new Turns();
    const work = [worker(turns, 0, 2, log), worker(turns, 1, 4, log)];
    await Promise.all(work.map((start) => start()));
    // After 0 1, the shares are 1/2 and 1/4.
    expect(log.join('')).toBe('011011');
  });

  it('are held by one trainer at a time', async () => {
    const turns = new Turns();
    const [first, second] = [turns.join(0, () => 0), turns.join(1, () => 0)];
    await first.take();
    let granted = false;
    const waiting = second.take().then((taken) => {
      granted = taken;
    });
    await Promise.resolve();
    expect(granted).toBe(false);
    first.leave();
    await waiting;
    expect(granted).toBe(true);
  });

  it('measure the time of each trainer, without its waits', async () => {
    let nowMs = 0;
    const turns = new Turns(() => nowMs);
    const [first, second] = [turns.join(0, () => 0), turns.join(1, () => 0)];
    await first.take();
    const waiting = second.take();
    nowMs = 10;
    expect([first.heldMs(), second.heldMs()]).toEqual([10, 0]);
    first.leave();
    await waiting;
    nowMs = 13;
    second.leave();
    nowMs = 50;
    await first.take();
    nowMs = 54;
    // A new turn ends the one before.
    await first.take();
    nowMs = 60;
    expect([first.heldMs(), second.heldMs()]).toEqual([20, 3]);
  });

  it('do not wait for a trainer that gave up', async () => {
    const turns = new Turns();
    const [first, second, third] = [0, 1, 2].map((rank) => turns.join(rank, () => 0));
    await first?.take();
    const abort = new AbortController();
    const second_ = second?.take(abort.signal);
    const third_ = third?.take();
    abort.abort();
    expect(await second_).toBe(false);
    first?.leave();
    expect(await third_).toBe(true);
    third?.leave();
    expect(await first?.take()).toBe(true);
    expect(await first?.take(abort.signal)).toBe(false);
    expect(await second?.take()).toBe(true);
  });
});

/** Two trainers on one device; `log` has the steps and evaluations of both. */
const race = (runs: readonly FakeRun[]) => {
  const turns = new Turns();
  const recorders = runs.map(() => new Recorder());
  const trainers = runs.map((run, rank) => {
    const trainer = new Trainer(run, config, recorders[rank]!);
    trainer.takeTurns(turns, rank);
    return trainer;
  });
  return { recorders, trainers };
};

class SharedRun extends FakeRun {
  constructor(
    private readonly name: string,
    private readonly shared: string[],
    lossAt?: (step: number) => number,
  ) {
    super(lossAt);
  }

  override step(): number {
    this.shared.push(this.name);
    return super.step();
  }

  override async evaluate(...args: Parameters<FakeRun['evaluate']>) {
    this.shared.push(`<${this.name}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
    this.shared.push(`${this.name}>`);
    return super.evaluate(...args);
  }
}

describe('trainers that take turns', () => {
  it('stay together, evaluate without interruption, and finish together', async () => {
    const log: string[] = [];
    const { recorders, trainers } = race([new SharedRun('a', log), new SharedRun('b', log)]);
    const finished = recorders.map((recorder) => recorder.until('finished'));
    for (const trainer of trainers) trainer.start();
    await Promise.all(finished);
    expect(recorders.map(({ records }) => records.length)).toEqual([15, 15]);
    expect(recorders.map(({ evaluationSteps }) => evaluationSteps)).toEqual([
      [6, 12, 15],
      [6, 12, 15],
    ]);
    for (const name of ['a', 'b'])
      expect(log.filter((_, i) => log[i - 1] === `<${name}`)).toEqual([`${name}>`, `${name}>`, `${name}>`]);
    // Both take all their steps before the first evaluates its last weights.
    expect(log.slice(-4)).toEqual(['<a', 'a>', '<b', 'b>']);
  });

  it('are not blocked by one that is paused', async () => {
    const log: string[] = [];
    const { recorders, trainers } = race([new SharedRun('a', log), new SharedRun('b', log)]);
    const finished = recorders[1]!.until('finished');
    for (const trainer of trainers) trainer.start();
    await trainers[0]!.pause();
    await finished;
    expect(trainers[0]!.status.phase).toBe('paused');
  });

  it('are not blocked by one that fails', async () => {
    const log: string[] = [];
    const failing = new SharedRun('a', log, (step) => (step === 4 ? Number.NaN : 1));
    const { recorders, trainers } = race([failing, new SharedRun('b', log)]);
    const ends = [recorders[0]!.until('failed'), recorders[1]!.until('finished')];
    for (const trainer of trainers) trainer.start();
    await Promise.all(ends);
    expect(recorders[0]?.error?.code).toBe('non-finite-loss');
    expect(recorders[1]?.evaluationSteps).toEqual([6, 12, 15]);
  });

  it('pause, step and stop', async () => {
    const { recorders, trainers } = race([new FakeRun(), new FakeRun()]);
    await Promise.all(trainers.map((trainer) => trainer.stepOnce()));
    expect(trainers.map(({ status }) => [status.phase, status.step])).toEqual([
      ['paused', 1],
      ['paused', 1],
    ]);
    for (const trainer of trainers) trainer.start();
    await Promise.all(trainers.map((trainer) => trainer.pause()));
    expect(trainers.map(({ status }) => status.phase)).toEqual(['paused', 'paused']);
    await Promise.all(trainers.map((trainer) => trainer.stop()));
    expect(trainers.map(({ status }) => status.phase)).toEqual(['finished', 'finished']);
    expect(recorders.map(({ evaluationSteps }) => evaluationSteps.length > 0)).toEqual([true, true]);
  });

  it('evaluate again in a turn, and give up the wait when canceled', async () => {
    const log: string[] = [];
    const { trainers } = race([new SharedRun('a', log), new SharedRun('b', log)]);
    await Promise.all(trainers.map((trainer) => trainer.stepOnce()));
    const abort = new AbortController();
    const evaluations = trainers.map((trainer, i) =>
      trainer.reevaluate(settings, i === 1 ? abort.signal : undefined),
    );
    // The second waits for the first.
    while (!log.includes('<a')) await Promise.resolve();
    abort.abort(cancelled());
    await expect(evaluations[1]).rejects.toMatchObject({ code: 'cancelled' });
    await evaluations[0];
    expect(log).toEqual(['a', 'b', '<a', 'a>']);
    await Promise.all(trainers.map((trainer) => trainer.stop()));
  });
});
