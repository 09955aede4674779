/** The memory and time of the whole race. */
import { useApp } from '../../shared/store-context.ts';
import { formatBytes, formatDuration } from '../../ui/format.ts';

export const RaceEstimate = () => {
  const state = useApp(({ run }) => run.estimate);
  if (state.phase === 'unknown') return null;
  if (state.phase === 'refused')
    return (
      <p className="race-problem" role="status">
        {state.error.problem} {state.error.remedy}
      </p>
    );
  const { memoryBytes, totalMs } = state.estimate;
  return (
    <dl className="race-estimate number" data-testid="race-estimate" aria-busy={!state.current}>
      <dt>Memory for all</dt>
      <dd>about {formatBytes(memoryBytes)}</dd>
      <dt>Time for all</dt>
      <dd>{totalMs === undefined ? 'not known yet' : `about ${formatDuration(totalMs)}`}</dd>
    </dl>
  );
};
