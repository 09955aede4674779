/** How far the queue is, and its buttons. */
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

/** Now, once a second while `active`. */
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

/** What is done in the entry under way. */
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
        body: `Its ${formatCount(measured, 'result')} would be lost: export them first if you need them.`,
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
            hint="Runs what waits, one run after the other."
            blocked={canStart ? undefined : 'No run waits whose images are at hand.'}
            onClick={() => void startQueue()}
          >
            <PlayIcon />
            {over > 0 ? 'Go on' : 'Start'}
          </Button>
        ) : (
          <Button
            tone="primary"
            hint="Stops after what is under way; a run that is not done begins anew later."
            blocked={phase === 'pausing' ? 'It is pausing.' : undefined}
            onClick={() => void table.pause()}
          >
            <PauseIcon />
            {phase === 'pausing' ? 'Pausing' : 'Pause'}
          </Button>
        )}
        {running !== undefined && (
          <Button
            hint="Leaves the run under way out, and goes on with the next."
            onClick={() => void table.skip(running)}
          >
            Skip this run
          </Button>
        )}
        {again > 0 && (
          <Button hint="Queues what failed or was skipped once more." onClick={() => table.retry()}>
            Run {again} again
          </Button>
        )}
        <Button hint="Empties the table; asks before results are lost." onClick={() => void clear()}>
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
              ? 'time left: known after the first run'
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
