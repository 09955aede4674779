/** The estimate of the next run: memory, time and micro-batches. */
import type { RunConfig } from '#core/config.ts';
import { evaluationCount } from '#core/evaluation-work.ts';
import type { RunEstimate } from '#store/run/state.ts';
import { useApp } from '../shared/store-context.ts';
import { formatBytes, formatCount, formatDuration, formatShortly } from '../ui/format.ts';

const memoryText = ({ memoryBytes }: RunEstimate): string => `about ${formatBytes(memoryBytes)}`;

const timeText = (estimate: RunEstimate, config: RunConfig): string => {
  const { epochMs, evaluationMs, totalMs } = estimate;
  if (totalMs === undefined || epochMs === undefined || evaluationMs === undefined) return 'not known yet';
  const evaluations = formatCount(evaluationCount(config), 'evaluation');
  return `about ${formatDuration(totalMs)}: ${formatShortly(epochMs)} per epoch, ${evaluations} of ${formatShortly(evaluationMs)}`;
};

export const Estimate = () => {
  const state = useApp(({ run }) => run.estimate);
  const config = useApp(({ run }) => run.config);
  if (state.phase === 'unknown') return null;
  if (state.phase === 'refused') {
    return (
      <p className="setting-error" role="status" data-testid="estimate-refused">
        {state.error.problem} {state.error.remedy}
      </p>
    );
  }
  const { estimate, current } = state;
  const { batch, microBatch } = estimate;
  return (
    <>
      <dl className="estimate number" data-testid="estimate" aria-busy={!current}>
        <dt>Memory</dt>
        <dd>{memoryText(estimate)}</dd>
        <dt>Time</dt>
        <dd>{timeText(estimate, config)}</dd>
      </dl>
      {microBatch < batch && (
        <p className="settings-note" data-testid="micro-batch-note">
          Each batch of {batch} is trained in parts of {microBatch}. Gradients add up to those of the batch;
          batch norm sees {microBatch} images at a time.
        </p>
      )}
    </>
  );
};
