/** What the run is doing, in words. */
import type { RunState } from '#store/run/state.ts';

const tasks: Readonly<Record<NonNullable<RunState['task']>, string>> = {
  starting: 'preparing',
  pausing: 'pausing',
  stepping: 'one step',
  stopping: 'evaluating, then done',
  resetting: 'resetting',
  exporting: 'exporting',
  importing: 'importing',
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
export const runPhaseText = ({ status, task }: Pick<RunState, 'status' | 'task'>): string => {
  if (status.activity === 'compiling') return 'compiling kernels';
  if (status.activity === 'evaluating') return 'evaluating';
  return task ? tasks[task] : phases[status.phase];
};
