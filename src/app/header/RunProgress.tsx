/** How far the run is: phase, epochs, rate, time left; changes of the phase are announced. */
import { formatDuration, formatFigure, formatPercent } from '../format.ts';
import { useApp } from '../hooks/store-context.ts';
import { runPhaseText } from './run-phase-text.ts';

export const RunProgress = () => {
  const status = useApp((state) => state.run.status);
  const task = useApp((state) => state.run.task);
  const configuredEpochs = useApp((state) => state.run.configured?.epochs);
  const plannedEpochs = useApp((state) => state.run.config.epochs);
  const epochs = configuredEpochs ?? plannedEpochs;
  const { step, stepsPerEpoch, epoch, imagesPerSecond, remainingMs, evaluating } = status;
  const total = Math.max(1, epochs * stepsPerEpoch);
  const phase = runPhaseText({ status, task });
  // Evaluations come and go all through a training: only what a user did, or waits for, is announced.
  const announced = status.activity === 'evaluating' ? { ...status, activity: undefined } : status;
  return (
    <div className="run-progress number" data-evaluating={evaluating !== undefined}>
      <progress
        className="run-progress-bar"
        aria-label="Progress of the run"
        value={stepsPerEpoch > 0 ? Math.min(step, total) : 0}
        max={total}
      />
      <span>
        <b>{phase}</b>
        {evaluating && ` ${formatPercent(evaluating.share)}, ${formatDuration(evaluating.remainingMs)} left`}
      </span>
      <span>
        epoch{' '}
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
        {runPhaseText({ status: announced, task })}
      </span>
    </div>
  );
};
