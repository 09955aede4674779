import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { initialState } from '#store/app-state.ts';
import type { RaceState } from '#store/race/state.ts';
import type { RunState } from '#store/run/state.ts';
import { idleStatus } from '#store/run/state.ts';
import { testDevice } from '#testing/device-report.ts';
import { transportState as stateOf, type TransportState } from './transport-state.ts';

const transportState = (ofRun: RunState, ready: boolean): TransportState =>
  stateOf(ofRun, initialState.race, ready);

const run = (phase: RunState['status']['phase'], step: number, change: Partial<RunState> = {}): RunState => ({
  ...initialState.run,
  device: {
    phase: 'ready',
    report: testDevice,
  },
  configured: presets.quickLook,
  status: { ...idleStatus(40), phase, step },
  ...change,
});

describe('the main button', () => {
  it('trains, pauses, resumes and trains again', () => {
    expect(transportState(run('idle', 0), true).mainLabel).toBe('Train');
    expect(transportState(run('running', 3), true).mainLabel).toBe('Pause');
    expect(transportState(run('paused', 3), true).mainLabel).toBe('Resume');
    expect(transportState(run('finished', 3), true).mainLabel).toBe('Train again');
  });

  it('starts a new run, which loses weights, once settings have changed', () => {
    const state = transportState(run('paused', 3, { config: { ...presets.quickLook, batch: 1 } }), true);
    expect(state.mainLabel).toBe('Train');
    expect(state.startLosesWeights).toBe(true);
    expect(state.canStep).toBe(false);
  });

  it('resumes, and loses nothing, with settings that a run can take over', () => {
    const taken = { ...presets.quickLook, learningRate: 1e-4, dcWeight: 0, epochs: 200 };
    const state = transportState(run('paused', 3, { config: taken }), true);
    expect(state).toMatchObject({ mainLabel: 'Resume', startLosesWeights: false, canStep: true });
    const tooShort = { ...presets.quickLook, epochs: 2 };
    expect(transportState(run('paused', 3, { config: tooShort }), true).mainLabel).toBe('Train');
  });

  it('names the contestants of a planned race while it would start it', () => {
    const race = { ...initialState.race, planned: [{ loss: 'l2' as const }] };
    const textOf = (ofRun: RunState) => stateOf(ofRun, race, true).mainText;
    expect(textOf(run('idle', 0))).toBe('Race WFDL, L2');
    expect(textOf(run('finished', 3))).toBe('Race WFDL, L2');
    expect(textOf(run('running', 3))).toBe('Pause');
  });

  it('pauses and resumes a race whose first contestant failed before its first evaluation', () => {
    const raceWith = (phase: 'running' | 'paused' | 'finished') => ({
      ...initialState.race,
      planned: [{ loss: 'l2' as const }],
      rivals: [
        {
          config: { ...presets.quickLook, loss: 'l2' },
          status: { ...idleStatus(40), phase, step: 9 },
        } as RaceState['rivals'][number],
      ],
    });
    const stateWith = (phase: 'running' | 'paused' | 'finished') =>
      stateOf(run('failed', 0), raceWith(phase), true);
    expect(stateWith('running')).toMatchObject({ mainLabel: 'Pause', canStop: true, canStep: false });
    expect(stateWith('paused')).toMatchObject({
      ...{ mainLabel: 'Resume', mainText: 'Resume', startLosesWeights: false },
      ...{ canStep: true, canStop: true, canReset: true, canExport: false },
    });
    expect(stateWith('finished')).toMatchObject({ mainLabel: 'Train again', mainText: 'Race WFDL, L2' });
    const changed = run('failed', 0, { config: { ...presets.quickLook, batch: 1 } });
    expect(stateOf(changed, raceWith('paused'), true).startLosesWeights).toBe(true);
  });

  it('loses nothing when the weights were exported', () => {
    expect(transportState(run('finished', 3, { savedStep: 3 }), true).startLosesWeights).toBe(false);
  });

  it('waits for images and for the device', () => {
    expect(transportState(run('idle', 0), false).canMain).toBe(false);
    expect(transportState(run('idle', 0, { device: { phase: 'starting' } }), true).canMain).toBe(false);
  });
});

describe('the other buttons', () => {
  it('need a run with steps', () => {
    const { canStop, canReset, canExport, canStep } = transportState(run('idle', 0), true);
    expect([canStop, canReset, canExport, canStep]).toEqual([false, false, false, true]);
  });

  it('wait while a request is under way', () => {
    const { canStop, canReset, canExport, canStep } = transportState(
      run('paused', 2, { task: 'stepping' }),
      true,
    );
    expect([canStop, canReset, canExport, canStep]).toEqual([false, false, false, false]);
  });
});
