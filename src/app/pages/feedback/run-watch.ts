/** Detects the end of training or of the Table II queue, once each, with its result. */
import type { AppState } from '#store/app-state.ts';
import { presentDifference } from '#store/baselines/baseline-difference.ts';
import { presentStopped } from '#store/run/present-length.ts';
import { latestEvaluation, overallPhase } from '#store/run/state.ts';
import { toVariationModelWords } from '../../shared/difference.ts';
import { formatCount, formatDuration } from '../../ui/format.ts';

/** The text of the notice. */
export interface RunOver {
  readonly failed: boolean;
  readonly title: string;
  readonly detail: string;
}

const aurocText = (state: AppState): string => {
  const evaluation = latestEvaluation(state.run);
  const auroc = evaluation?.imageAuroc;
  if (!auroc?.defined) return '';
  const words = toVariationModelWords(presentDifference(state, evaluation));
  return `image AUROC ${auroc.value.toFixed(3)}, ${words === undefined ? '' : `${words}, `}`;
};

const queueOver = ({ table: { entries } }: AppState): RunOver => {
  const count = (wanted: string): number => entries.filter(({ outcome }) => outcome.state === wanted).length;
  const failed = count('failed');
  return {
    failed: failed > 0,
    title: 'The queue of Table II is done',
    detail: `${formatCount(count('done'), 'run')} measured${failed > 0 ? `, ${failed} failed` : ''}`,
  };
};

/**
 * Returns a function of each state and the previous one. That function returns a notice if training or the queue
 * has just ended.
 * @param nowMs a clock in milliseconds
 */
export const createRunWatch = (nowMs: () => number) => {
  let trainMs = 0;
  let sinceMs: number | undefined;
  return (state: AppState, before: AppState): RunOver | undefined => {
    const { run, race, table } = state;
    if (before.table.phase === 'running' && table.phase === 'idle') {
      const waiting = table.entries.some(({ outcome }) => outcome.state === 'waiting');
      return waiting || table.entries.length === 0 ? undefined : queueOver(state);
    }
    const [was, is] = [overallPhase(before.run, before.race), overallPhase(run, race)];
    if (was === is) return undefined;
    if (is === 'running') {
      // A paused run continues; any other start is a new run.
      if (was !== 'paused') trainMs = 0;
      sinceMs = nowMs();
      return undefined;
    }
    if (sinceMs !== undefined) trainMs += nowMs() - sinceMs;
    sinceMs = undefined;
    // The queue reports its runs at its end, and an opened run was finished before.
    if (table.phase !== 'idle' || run.task === 'importing' || run.task === 'resuming') return undefined;
    const phases = [run.status.phase, ...race.rivals.map(({ status }) => status.phase)];
    const failed = phases.filter((phase) => phase === 'failed').length;
    if (failed > 0 && phases.includes('finished')) {
      const detail = `${failed} of ${phases.length} contestants failed, ${formatDuration(trainMs)}`;
      return { failed: true, title: 'The race is over', detail };
    }
    if (is === 'finished') {
      const stopped = presentStopped(state);
      const length = stopped ?? `epoch ${run.status.epoch}`;
      const detail = `${aurocText(state)}${length}, ${formatDuration(trainMs)}`;
      return { failed: false, title: stopped ? 'Training was stopped' : 'Training is done', detail };
    }
    if (is !== 'failed') return undefined;
    return { failed: true, title: 'Training failed', detail: run.failure?.problem ?? 'The run ended.' };
  };
};
