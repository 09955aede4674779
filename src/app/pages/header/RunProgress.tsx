/** The run's progress: phase, epochs, rate, time left. Changes of the phase are announced. */
import { presentStopped } from '#store/run/present-length.ts';
import { cancellableWork, leadingStatus, type RunState } from '#store/run/state.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { formatDuration, formatFigure, formatPercent } from '../../ui/format.ts';
import '../../ui/work-progress.css';

const tasks: Readonly<Record<NonNullable<RunState['task']>, string>> = {
  starting: 'preparing',
  pausing: 'pausing',
  stepping: 'one step',
  stopping: 'evaluating, then done',
  resetting: 'resetting',
  exporting: 'exporting',
  importing: 'importing',
  resuming: 'resuming',
  'changing-device': 'changing device',
};

const phases: Readonly<Record<RunState['status']['phase'], string>> = {
  idle: 'ready',
  running: 'training',
  paused: 'paused',
  finished: 'finished',
  failed: 'failed',
};

/** One or two words; `compiling` while the first step builds its GPU pipelines. */
const runPhaseText = ({ status, task }: Pick<RunState, 'status' | 'task'>, stopped: boolean): string => {
  if (status.activity === 'compiling') return 'compiling kernels';
  if (status.activity === 'evaluating') return 'evaluating';
  if (task) return tasks[task];
  return stopped ? 'stopped' : phases[status.phase];
};

const cancelHints = {
  import: 'The previous run stays as it is.',
  resume: 'The checkpoint stays, and can be resumed later.',
  export: 'No files are written.',
  evaluation: 'The setting is restored, and the previous evaluation stays.',
} as const;

export const RunProgress = () => {
  const status = useApp((state) => leadingStatus(state.run, state.race));
  const task = useApp((state) => state.run.task);
  const configuredEpochs = useApp((state) => state.run.configured?.epochs);
  const plannedEpochs = useApp((state) => state.run.config.epochs);
  const epochs = configuredEpochs ?? plannedEpochs;
  const taskProgress = useApp((state) => state.run.taskProgress);
  const cancellable = useApp((state) => cancellableWork(state.run));
  const stopped = useApp((state) => presentStopped(state) !== undefined);
  const { run: actions } = useActions();
  const { step, stepsPerEpoch, epoch, imagesPerSecond, remainingMs } = status;
  const progress = taskProgress ?? status.progress;
  const total = Math.max(1, epochs * stepsPerEpoch);
  const phase = runPhaseText({ status, task }, stopped);
  // Evaluations recur during training: only the user's actions and waits are announced.
  const announced = status.activity === 'evaluating' ? { ...status, activity: undefined } : status;
  return (
    <div className="run-progress number" data-evaluating={progress !== undefined}>
      <progress
        className="run-progress-bar"
        aria-label="Progress of the run"
        value={stepsPerEpoch > 0 ? Math.min(step, total) : 0}
        max={total}
      />
      <span>
        <b>{phase}</b>
        {progress && ` ${formatPercent(progress.share)}, ${formatDuration(progress.remainingMs)} left`}
      </span>
      {cancellable && (
        <Button
          tone="bare"
          className="work-cancel"
          hint={cancelHints[cancellable]}
          aria-label={`Cancel the ${cancellable}`}
          onClick={actions.cancel}
        >
          Cancel
        </Button>
      )}
      <span className="run-progress-epoch">
        <span className="run-progress-word">epoch </span>
        <span data-testid="epoch">
          {epoch} / {epochs}
        </span>
      </span>
      {imagesPerSecond !== undefined && (
        <span className="run-progress-rate">{formatFigure(imagesPerSecond, 2)} images/s</span>
      )}
      {remainingMs !== undefined && (
        <span className="run-progress-left">
          <span className="run-progress-about">about </span>
          {formatDuration(remainingMs)} left
        </span>
      )}
      <span className="visually-hidden" aria-live="polite">
        {runPhaseText({ status: announced, task }, stopped)}
      </span>
    </div>
  );
};
