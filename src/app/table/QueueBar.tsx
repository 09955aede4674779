/** The queue's progress and buttons. */
import { useEffect, useMemo, useState } from 'react';
import { queueProgress } from '#store/table/queue-progress.ts';
import { nextEntry, runningEntry } from '#store/table/state.ts';
import { lossLabels } from '../shared/labels.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { useConfirm } from '../ui/ConfirmProvider.tsx';
import { formatCount, formatDuration } from '../ui/format.ts';
import { PauseIcon, PlayIcon } from '../ui/icons.tsx';
import { useStartQueue } from './use-start-queue.ts';

/** The current time, once a second while `active`. */
const useNow = (active: boolean): number => {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    setNowMs(performance.now());
    if (!active) return;
    const timer = setInterval(() => setNowMs(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [active]);
  return nowMs;
};

/** The current activity of the running entry. */
const UnderWay = () => {
  const entry = useApp(({ table }) => runningEntry(table));
  const loading = useApp((state) => state.dataset.loading);
  const epoch = useApp((state) => state.run.status.epoch);
  const trains = useApp((state) => state.run.status.phase === 'running');
  if (!entry) return null;
  const doing = loading
    ? `decoding ${loading.done} / ${loading.total}`
    : trains
      ? `epoch ${epoch} / ${entry.config.epochs}`
      : 'preparing';
  return (
    <span>
      <b>
        {entry.category}, {lossLabels[entry.loss]}, seed {entry.seed}
      </b>
      : {doing}
    </span>
  );
};

export const QueueBar = () => {
  const entries = useApp((state) => state.table.entries);
  const startedAtMs = useApp((state) => state.table.startedAtMs);
  const phase = useApp((state) => state.table.phase);
  const canStart = useApp(({ table }) => nextEntry(table) !== undefined);
  const running = useApp(({ table }) => runningEntry(table)?.id);
  const { table } = useActions();
  const confirm = useConfirm();
  const startQueue = useStartQueue();
  const nowMs = useNow(phase !== 'idle');
  const { over, total, failed, elapsedMs, remainingMs } = useMemo(
    () => queueProgress({ entries, startedAtMs }, nowMs),
    [entries, startedAtMs, nowMs],
  );
  const again = entries.filter(({ outcome: { state } }) => state === 'failed' || state === 'skipped').length;

  const clear = async (): Promise<void> => {
    const measured = entries.filter(({ outcome }) => outcome.state === 'done').length;
    const agreed =
      measured === 0 ||
      (await confirm({
        title: 'Clear the table?',
        body: `Its ${formatCount(measured, 'result')} will be lost. Export them first if you need them.`,
        action: 'Clear the table',
      }));
    if (agreed) await table.clear();
  };

  return (
    <section className="queue-bar" aria-label="Queue">
      <div className="queue-bar-buttons">
        {phase === 'idle' ? (
          <Button
            tone="primary"
            hint="Starts the waiting runs, one after the other."
            blocked={canStart ? undefined : 'No waiting run has its images open.'}
            onClick={() => void startQueue()}
          >
            <PlayIcon />
            {over > 0 ? 'Go on' : 'Start'}
          </Button>
        ) : (
          <Button
            tone="primary"
            hint="Pauses the queue. An unfinished run starts again when the queue resumes."
            blocked={phase === 'pausing' ? 'The queue is pausing.' : undefined}
            onClick={() => void table.pause()}
          >
            <PauseIcon />
            {phase === 'pausing' ? 'Pausing' : 'Pause'}
          </Button>
        )}
        {running !== undefined && (
          <Button
            hint="Skips the current run and continues with the next."
            onClick={() => void table.skip(running)}
          >
            Skip run
          </Button>
        )}
        {again > 0 && (
          <Button hint="Queues the failed and skipped runs again." onClick={() => table.retry()}>
            Run {again} again
          </Button>
        )}
        <Button hint="Clears the table. Asks before results are lost." onClick={() => void clear()}>
          Clear
        </Button>
      </div>
      <progress aria-label="Progress of the queue" value={over} max={total} />
      <p className="queue-bar-text" data-testid="queue-progress">
        <span>
          {over < total && running !== undefined
            ? `run ${over + 1} of ${total}`
            : `${over} of ${total} runs done`}
          {failed > 0 && `, ${failed} failed`}
        </span>
        <UnderWay />
        {elapsedMs > 0 && <span>{formatDuration(elapsedMs)} so far</span>}
        {over < total && (
          <span>
            {remainingMs === undefined
              ? 'time left: unknown until the first run ends'
              : `about ${formatDuration(remainingMs)} left`}
          </span>
        )}
      </p>
      <span className="visually-hidden" aria-live="polite">
        {over} of {total} runs done{failed > 0 ? `, ${failed} failed` : ''}
      </span>
    </section>
  );
};
