/** Notices a training worker whose thread is stuck: it answers nothing. */
import { type PlainError, ResiduaError } from '#core/errors.ts';
import type { AppState } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import { overallPhase } from '../run/state.ts';

const askEveryMs = 10_000;

/** No work but a training step takes nearly this long without a pause for messages, even on a slow machine. */
const leastLimitMs = 120_000;

/** The limit as a multiple of a step's expected time. */
const patience = 10;

/** Milliseconds that a step is expected to take; undefined while nothing trains, or the pace is unknown. */
const expectedStepMs = ({ run, race }: AppState): number | undefined => {
  const { configured, config, summary, estimate } = run;
  if (!summary || !configured || overallPhase(run, race) !== 'running') return undefined;
  const contestants = [{ config: configured, status: run.status }, ...race.rivals];
  const running = contestants.filter(({ status: { phase } }) => phase === 'running');
  const measured = running.map(({ config: { batch }, status: { imagesPerSecond } }) =>
    imagesPerSecond ? (1000 * batch) / imagesPerSecond : undefined,
  );
  if (measured.every((ms) => ms !== undefined)) return Math.max(...measured);
  const isSame = (['side', 'width', 'batch'] as const).every((name) => config[name] === configured[name]);
  if (estimate.phase !== 'ready' || !estimate.current || !isSame) return undefined;
  const { epochMs } = estimate.estimate;
  return epochMs === undefined ? undefined : epochMs / summary.stepsPerEpoch;
};

/**
 * The longest time without an answer that the work of the present runs explains.
 * @returns undefined if nothing trains, or nothing is known about the pace: then no time is too long
 */
export const silenceLimitMs = (state: AppState): number | undefined => {
  const stepMs = expectedStepMs(state);
  return stepMs === undefined ? undefined : Math.max(leastLimitMs, patience * stepMs);
};

/** The error of a worker that has not answered for some time. */
export const workerSilent = (waitedMs: number): PlainError =>
  new ResiduaError(
    'worker-silent',
    `The training worker has not answered for ${Math.round(waitedMs / 1000)} s.`,
    'Reload the page, and resume the run from its last checkpoint.',
  ).toPlain();

/** A worker that is watched. */
export interface Watched extends Pick<Clients, 'everySecond'> {
  /** Asks the worker for a sign of life; settles with its answer. */
  readonly ask: () => Promise<unknown>;
  /** Returns the longest time for an answer; undefined while none is expected. */
  readonly limitMs: () => number | undefined;
}

/**
 * Asks a worker every 10 s. Only seconds in which the page runs count: a page that sleeps, or whose timers are throttled, waits
 * longer.
 * @param silent receives the failure after each limit without an answer
 * @returns a function that stops asking
 */
export const watchSilence = (
  { ask, limitMs, everySecond }: Watched,
  silent: (failure: PlainError) => void,
): (() => void) => {
  let waitedMs = 0;
  let isAsked = false;
  const answered = (): void => {
    waitedMs = 0;
    isAsked = false;
  };
  return everySecond(() => {
    const limit = limitMs();
    waitedMs = limit === undefined ? 0 : waitedMs + 1000;
    if (limit === undefined) return;
    if (!isAsked && waitedMs >= askEveryMs) {
      waitedMs = 0;
      isAsked = true;
      void ask().then(answered, answered);
    } else if (isAsked && waitedMs >= limit) {
      const failure = workerSilent(waitedMs);
      waitedMs = 0;
      silent(failure);
    }
  });
};
