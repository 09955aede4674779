/** The progress of a queue, and its remaining time. */
import type { QueueEntry } from '#core/table/queue-entry.ts';
import { runningEntry, type TableState } from './state.ts';

export interface QueueProgress {
  /** Ended entries, whatever their outcome. */
  readonly over: number;
  readonly total: number;
  readonly failed: number;
  /** Time of all entries, including the running one, without pauses. */
  readonly elapsedMs: number;
  /** Time until the last entry ends; undefined before the first measurement. */
  readonly remainingMs: number | undefined;
}

/** Returns the work of a run: the number of images seen. */
const workOf = ({ trainCount, config }: QueueEntry): number => trainCount * config.epochs;

interface Pace {
  readonly ms: number;
  readonly work: number;
}

const paceOf = (entries: readonly QueueEntry[]): number | undefined => {
  const { ms, work } = entries.reduce<Pace>(
    (sum, entry) => {
      const { outcome } = entry;
      if (outcome.state !== 'done' || outcome.result.epochs === 0) return sum;
      return { ms: sum.ms + outcome.result.elapsedMs, work: sum.work + workOf(entry) };
    },
    { ms: 0, work: 0 },
  );
  return work > 0 ? ms / work : undefined;
};

/**
 * Computes the progress of a queue. The remaining time is the remaining work (training images x epochs) times the pace of
 * finished entries with the same loss, or of all finished entries if there is none.
 * @param nowMs the clock of `startedAtMs`
 */
export const queueProgress = (
  table: Pick<TableState, 'entries' | 'startedAtMs'>,
  nowMs: number,
): QueueProgress => {
  const { entries, startedAtMs } = table;
  const running = runningEntry(table);
  const isLeft = ({ outcome: { state } }: QueueEntry): boolean => state === 'waiting' || state === 'running';
  const sinceStartMs = running && startedAtMs !== undefined ? nowMs - startedAtMs : 0;
  const overall = paceOf(entries);
  let remainingMs: number | undefined = overall === undefined ? undefined : 0;
  let elapsedMs = sinceStartMs;
  for (const entry of entries) {
    elapsedMs += entry.outcome.state === 'done' ? entry.outcome.result.elapsedMs : entry.spentMs;
    if (!isLeft(entry) || overall === undefined || remainingMs === undefined) continue;
    const pace = paceOf(entries.filter(({ loss }) => loss === entry.loss)) ?? overall;
    const spentMs = entry.spentMs + (entry === running ? sinceStartMs : 0);
    remainingMs += Math.max(0, pace * workOf(entry) - spentMs);
  }
  return {
    over: entries.filter((entry) => !isLeft(entry)).length,
    total: entries.length,
    failed: entries.filter(({ outcome }) => outcome.state === 'failed').length,
    elapsedMs,
    remainingMs,
  };
};
