/** The enabled buttons of the transport and the main button's label, in a flat object that compares by value. */
import type { RaceState } from '#store/race/state.ts';
import {
  changedSettings,
  continuingValues,
  losesWeights,
  overallPhase,
  type RunState,
} from '#store/run/state.ts';
import { raceText } from '../race/planned-race.ts';

export interface TransportState {
  readonly mainLabel: 'Train' | 'Train again' | 'Resume' | 'Pause';
  /** The same, or `Race L2, WFDL` if the button starts the planned race. */
  readonly mainText: string;
  readonly canMain: boolean;
  readonly canStep: boolean;
  readonly canStop: boolean;
  readonly canReset: boolean;
  readonly canExport: boolean;
  readonly canImport: boolean;
  /** The main button would discard trained weights that are in no file. */
  readonly startLosesWeights: boolean;
}

/** @param ready images are loaded or being loaded */
export const transportState = (run: RunState, race: RaceState, ready: boolean): TransportState => {
  const { status, task, device, configured, history } = run;
  // A contestant that failed early has no step, and the others have theirs.
  const step = Math.max(status.step, ...race.rivals.map((rival) => rival.status.step));
  const phase = overallPhase(run, race);
  const free = task === undefined;
  const usable = free && ready && device.phase === 'ready';
  const running = phase === 'running';
  const changed = changedSettings(run, race).length > 0;
  // A paused run takes over the settings that can change without new weights.
  const resumes = phase === 'paused' && continuingValues(run, race) !== undefined;
  const over = phase === 'finished' || phase === 'failed';
  const mainLabel = running ? 'Pause' : resumes ? 'Resume' : over ? 'Train again' : 'Train';
  return {
    mainLabel,
    mainText: (running || resumes ? undefined : raceText(run.config, race.planned)) ?? mainLabel,
    canMain: running ? free : usable,
    canStep: usable && !running && !over && !(changed && step > 0 && !resumes),
    canStop: free && step > 0 && (running || phase === 'paused'),
    canReset: free && configured !== undefined && step > 0,
    canExport:
      free && configured !== undefined && status.step > 0 && !running && history.evaluations.length > 0,
    canImport: usable && !running,
    startLosesWeights: !running && !resumes && losesWeights({ run, race }),
  };
};
