/** Follows the present run: its start, its training time and its end. */
import { type AppState, patch, type StateApi } from '../app-state.ts';

/** Facts about a run that its state does not contain; a new object for each run. */
export interface PresentRun {
  /** Id in the library; undefined if it is not retained. */
  id: string | undefined;
  /** Milliseconds of training so far; undefined for an imported or resumed run, whose training time is unknown. */
  trainMs: number | undefined;
}

export interface PresentRunFollower {
  /** Returns the present run. */
  readonly present: () => PresentRun;
  /** Sets the id of a retained run. */
  readonly nameAs: (run: PresentRun, id: string) => void;
  /** Returns the milliseconds that the present run has trained until now; undefined for an imported run. */
  readonly trainedMs: () => number | undefined;
  /** Calls `handler` whenever a run that was trained here is finished or stopped. */
  readonly onOver: (handler: () => void) => void;
}

/** Whether a change of the state replaces the present run by another one, or by none. */
export const beginsAnew = ({ run }: AppState, { run: before }: AppState): boolean =>
  run.summary !== before.summary || (run.history.steps.length === 0 && before.history.steps.length > 0);

/**
 * Starts to follow the present run.
 * @param nowMs a clock in milliseconds
 */
export const followPresentRun = (
  api: StateApi,
  nowMs: () => number = () => performance.now(),
): PresentRunFollower => {
  let present: PresentRun = { id: undefined, trainMs: 0 };
  let runningSinceMs: number | undefined;
  const handlers: (() => void)[] = [];

  const trainedMs = (): number | undefined =>
    present.trainMs === undefined || runningSinceMs === undefined
      ? present.trainMs
      : present.trainMs + nowMs() - runningSinceMs;

  const measure = (phase: AppState['run']['status']['phase']): void => {
    present.trainMs = trainedMs();
    runningSinceMs = phase === 'running' ? nowMs() : undefined;
  };

  api.subscribe((state, before) => {
    const { status, task, importedFrom } = state.run;
    if (beginsAnew(state, before)) {
      const isNew = importedFrom === undefined && state.run.history.steps.length === 0;
      present = { id: undefined, trainMs: isNew ? 0 : undefined };
      runningSinceMs = status.phase === 'running' ? nowMs() : undefined;
      if (state.runs.presentId !== undefined) patch(api, 'runs', { presentId: undefined });
    }
    if (status.phase === before.run.status.phase) return;
    measure(status.phase);
    if (status.phase === 'finished' && task !== 'importing') for (const handler of handlers) handler();
  });

  return {
    present: () => present,
    nameAs: (run, id) => {
      run.id = id;
      if (run === present) patch(api, 'runs', { presentId: id });
    },
    trainedMs,
    onOver: (handler) => handlers.push(handler),
  };
};
