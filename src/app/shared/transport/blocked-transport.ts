/** Why buttons of the transport and of the run's files do nothing now, each in a sentence: flat, so that it compares by value. */
import { changedSettings, type RunState } from '#store/run/state.ts';
import { transportState } from './transport-state.ts';

/** Undefined where the button works. */
export interface BlockedTransport {
  readonly main: string | undefined;
  readonly step: string | undefined;
  readonly stop: string | undefined;
  readonly reset: string | undefined;
  readonly export: string | undefined;
  readonly import: string | undefined;
}

/** What keeps everything of the run waiting. */
const waitsFor = ({ device, task }: RunState, ready: boolean): string => {
  if (task !== undefined) return 'Waits until what is under way is done.';
  if (device.phase === 'starting') return 'Waits until the device has started.';
  if (device.phase === 'failed') return 'There is no device to train on.';
  return ready ? 'Waits for the run.' : 'Open images first.';
};

/** @param ready whether images are loaded or being loaded */
export const blockedTransport = (run: RunState, ready: boolean): BlockedTransport => {
  const can = transportState(run, ready);
  const { phase } = run.status;
  const waits = waitsFor(run, ready);
  const free = run.task === undefined;
  const usable = free && ready && run.device.phase === 'ready';
  const over = phase === 'finished' || phase === 'failed';
  const changed = changedSettings(run).length > 0;
  const untrained = free ? 'Nothing is trained yet.' : waits;
  const noStep = (): string => {
    if (!usable) return waits;
    if (phase === 'running') return 'Pause the training first.';
    if (over) return 'The run is over: Train again starts a new one.';
    return changed ? 'The settings have changed: Train starts a new run.' : waits;
  };
  return {
    main: can.canMain ? undefined : waits,
    step: can.canStep ? undefined : noStep(),
    stop: can.canStop ? undefined : free && over ? 'The run is over.' : untrained,
    reset: can.canReset ? undefined : untrained,
    export: can.canExport ? undefined : untrained,
    import: can.canImport ? undefined : usable ? 'Pause or stop the training first.' : waits,
  };
};
