/** Why buttons of the transport and of the run's files are blocked, in a flat object that compares by value. */
import type { RaceState } from '#store/race/state.ts';
import { changedSettings, overallPhase, type RunState } from '#store/run/state.ts';
import { transportState } from './transport-state.ts';

/** Undefined if the button works. */
export interface BlockedTransport {
  readonly main: string | undefined;
  readonly step: string | undefined;
  readonly stop: string | undefined;
  readonly reset: string | undefined;
  readonly export: string | undefined;
  readonly import: string | undefined;
}

/** Why all actions of the run must wait. */
const waitsFor = ({ device, task }: RunState, ready: boolean): string => {
  if (task !== undefined) return 'Wait until the current task is done.';
  if (device.phase === 'starting') return 'Wait until the device has started.';
  if (device.phase === 'failed') return 'No device can train.';
  return ready ? 'Wait for the run.' : 'Open images first.';
};

/** @param ready images are loaded or being loaded */
export const blockedTransport = (run: RunState, race: RaceState, ready: boolean): BlockedTransport => {
  const can = transportState(run, race, ready);
  const phase = overallPhase(run, race);
  const waits = waitsFor(run, ready);
  const free = run.task === undefined;
  const usable = free && ready && run.device.phase === 'ready';
  const over = phase === 'finished' || phase === 'failed';
  const changed = changedSettings(run, race).length > 0;
  const untrained = free ? 'Nothing is trained yet.' : waits;
  const noStep = (): string => {
    if (!usable) return waits;
    if (phase === 'running') return 'Pause the training first.';
    if (over) return 'The run is over: Train again starts a new one.';
    return changed ? 'The settings have changed: Train starts a new run.' : waits;
  };
  const noExport = (): string => {
    if (!free || run.status.step === 0) return untrained;
    return phase === 'running'
      ? 'Pause or stop the training first.'
      : 'Nothing is evaluated yet: Stop evaluates the run.';
  };
  return {
    main: can.canMain ? undefined : waits,
    step: can.canStep ? undefined : noStep(),
    stop: can.canStop ? undefined : free && over ? 'The run is over.' : untrained,
    reset: can.canReset ? undefined : untrained,
    export: can.canExport ? undefined : noExport(),
    import: can.canImport ? undefined : usable ? 'Pause or stop the training first.' : waits,
  };
};
