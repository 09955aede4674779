/** Which of the transport's buttons make sense now, and what the main one does: flat, so that it compares by value. */
import { changedSettings, hasUnsavedWeights, type RunState } from '#store/run/state.ts';

export interface TransportState {
  readonly mainLabel: 'Train' | 'Train again' | 'Resume' | 'Pause';
  readonly canMain: boolean;
  readonly canStep: boolean;
  readonly canStop: boolean;
  readonly canReset: boolean;
  readonly canExport: boolean;
  readonly canImport: boolean;
  /** Whether the main button would drop trained weights that are in no file. */
  readonly startLosesWeights: boolean;
}

/** @param ready whether images are loaded or being loaded */
export const transportState = (run: RunState, ready: boolean): TransportState => {
  const { status, task, device, configured } = run;
  const { phase, step } = status;
  const free = task === undefined;
  const usable = free && ready && device.phase === 'ready';
  const running = phase === 'running';
  const changed = changedSettings(run).length > 0;
  const resumes = phase === 'paused' && !changed;
  const over = phase === 'finished' || phase === 'failed';
  return {
    mainLabel: running ? 'Pause' : resumes ? 'Resume' : over ? 'Train again' : 'Train',
    canMain: running ? free : usable,
    canStep: usable && !running && !over && !(changed && step > 0),
    canStop: free && step > 0 && (running || phase === 'paused'),
    canReset: free && configured !== undefined && step > 0,
    canExport: free && configured !== undefined && step > 0,
    canImport: usable && !running,
    startLosesWeights: !running && !resumes && hasUnsavedWeights(run),
  };
};
