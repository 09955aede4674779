import { describe, expect, it } from 'vitest';
import type { PlainError } from '#core/errors.ts';
import { presets } from '#core/presets.ts';
import { type AppState, initialState } from '../app-state.ts';
import { fakeStatus } from '../testing/fake-clients.ts';
import { silenceLimitMs, watchSilence } from './silence.ts';

const config = { ...presets.quickLook, batch: 16 };

/** A page whose run trains, at a pace. */
const training = (imagesPerSecond: number | undefined): AppState => ({
  ...initialState,
  run: {
    ...initialState.run,
    config,
    configured: config,
    summary: { parameterCount: 1, stepsPerEpoch: 4, microBatch: 16 },
    status: fakeStatus({ phase: 'running', activity: 'training', imagesPerSecond }),
  },
});

/** The same with the estimate of an epoch. */
const estimated = (epochMs: number | undefined, current = true): AppState => {
  const state = training(undefined);
  const estimate = { batch: 16, microBatch: 16, memoryBytes: 1, epochMs, evaluationMs: 1, totalMs: 1 };
  return {
    ...state,
    run: {
      ...state.run,
      estimate: { phase: 'ready', current, estimate: { ...estimate, paceSource: 'convolution' } },
    },
  };
};

describe('the limit of a silence', () => {
  it.each<[string, AppState, number | undefined]>([
    ['is two minutes for steps of up to 12 s', training(16 / 12), 120_000],
    ['is ten steps for longer ones', training(16 / 60), 600_000],
    ['follows the estimate before the pace is measured', estimated(4 * 60_000), 600_000],
    ['does not exist while the pace is unknown', training(undefined), undefined],
    ['does not exist for an estimate without a pace', estimated(undefined), undefined],
    ['does not exist for an estimate of other settings', estimated(1, false), undefined],
    ['does not exist while nothing trains', initialState, undefined],
  ])('%s', (_, state, expected) => {
    expect(silenceLimitMs(state)).toBe(expected);
  });

  it('does not exist if the estimate is of another batch than that of the run', () => {
    const { run, ...state } = estimated(1);
    expect(silenceLimitMs({ ...state, run: { ...run, config: { ...config, batch: 1 } } })).toBeUndefined();
  });

  it('is that of the slowest contestant of a race', () => {
    const { race, ...state } = training(16);
    const { run } = training(16 / 60);
    const rival = { ...run, config, summary: run.summary! } as unknown as AppState['race']['rivals'][number];
    expect(silenceLimitMs({ ...state, race: { ...race, rivals: [rival] } })).toBe(600_000);
  });
});

describe('a watched worker', () => {
  /** Watches a worker that answers as given, with a limit of 120 s. */
  const watched = (answer: () => Promise<unknown>) => {
    const failures: PlainError[] = [];
    const page = {
      asked: 0,
      limitMs: 120_000 as number | undefined,
      failures,
      pass: (_seconds: number) => {},
    };
    let handler = (): void => {};
    const everySecond = (given: () => void) => {
      handler = given;
      return () => {
        handler = () => {};
      };
    };
    const ask = () => {
      page.asked += 1;
      return answer();
    };
    const stop = watchSilence({ ask, limitMs: () => page.limitMs, everySecond }, (failure) =>
      failures.push(failure),
    );
    page.pass = (seconds) => {
      for (let second = 0; second < seconds; second++) handler();
    };
    return { page, stop };
  };
  const never = () => new Promise<never>(() => {});
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  it('is asked every 10 s, and may answer, refuse or be replaced', async () => {
    for (const answer of [async () => undefined, () => Promise.reject(new Error('replaced'))]) {
      const { page } = watched(answer);
      for (let time = 1; time <= 30; time++) {
        page.pass(10);
        await settled();
        expect(page.asked).toBe(time);
      }
      expect(page.failures).toEqual([]);
    }
  });

  it('has failed if it does not answer within the limit, counted from the question', () => {
    const { page } = watched(never);
    page.pass(10 + 119);
    expect([page.asked, page.failures]).toEqual([1, []]);
    page.pass(1);
    expect(page.failures).toMatchObject([{ code: 'worker-silent', problem: /not answered for 120 s/ }]);
  });

  it('may take its time if no answer is expected, and from then on the whole limit again', () => {
    const { page } = watched(never);
    page.pass(10 + 119);
    page.limitMs = undefined;
    page.pass(1000);
    page.limitMs = 120_000;
    page.pass(119);
    expect(page.failures).toEqual([]);
    page.pass(1);
    expect(page.failures).toHaveLength(1);
  });

  it('may answer late: the next silence counts from its start', async () => {
    let answer = (): void => {};
    const { page } = watched(
      () =>
        new Promise<void>((resolve) => {
          answer = resolve;
        }),
    );
    page.pass(10 + 119);
    answer();
    await settled();
    page.pass(10 + 119);
    expect([page.asked, page.failures]).toEqual([2, []]);
  });

  it('is asked no longer once that is stopped', () => {
    const { page, stop } = watched(never);
    stop();
    page.pass(1000);
    expect(page.asked).toBe(0);
  });
});
