/** Whether the present run can be retained by hand. */
import { stepOf } from '#store/runs/retained-run.ts';
import { retainedRun } from '#store/runs/state.ts';
import { useApp } from '../shared/store-context.ts';

/** Whether the present run has weights that are not retained. */
export const useCanKeep = (): boolean =>
  useApp(({ run, runs }) => {
    const { status, task, configured } = run;
    if (!configured || task !== undefined || status.step === 0 || status.phase === 'running') return false;
    const retained = retainedRun(runs, runs.presentId);
    return !retained || stepOf(retained) !== status.step;
  });
