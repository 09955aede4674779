import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { initialState } from '#store/app-state.ts';
import type { RunState } from '#store/run/state.ts';
import { idleStatus } from '#store/run/state.ts';
import { fakeEvaluation } from '#store/testing/fake-clients.ts';
import { testDevice } from '#testing/device-report.ts';
import { blockedTransport } from './blocked-transport.ts';
import { transportState } from './transport-state.ts';

const phases = ['idle', 'running', 'paused', 'finished', 'failed'] as const;

const run = (phase: RunState['status']['phase'], step: number, change: Partial<RunState> = {}): RunState => ({
  ...initialState.run,
  device: { phase: 'ready', report: testDevice },
  configured: presets.quickLook,
  config: presets.quickLook,
  status: { ...idleStatus(40), phase, step },
  ...change,
});

const buttons = [
  ['main', 'canMain'],
  ['step', 'canStep'],
  ['stop', 'canStop'],
  ['reset', 'canReset'],
  ['export', 'canExport'],
  ['import', 'canImport'],
] as const;

const evaluated = { history: { ...initialState.run.history, evaluations: [fakeEvaluation(3, [1])] } };

const changes: readonly Partial<RunState>[] = [
  {},
  { task: 'stepping' },
  { device: { phase: 'starting' } },
  { config: { ...presets.quickLook, epochs: 1 } },
  evaluated,
];

describe('why a button does nothing', () => {
  it('is said exactly where it does nothing', () => {
    for (const phase of phases) {
      for (const step of [0, 3]) {
        for (const change of changes) {
          for (const ready of [true, false]) {
            const state = run(phase, step, change);
            const can = transportState(state, initialState.race, ready);
            const blocked = blockedTransport(state, initialState.race, ready);
            for (const [name, flag] of buttons) {
              expect(blocked[name] === undefined, `${name}, ${phase} at ${step}`).toBe(can[flag]);
            }
          }
        }
      }
    }
  });

  it('names the remedy', () => {
    expect(blockedTransport(run('idle', 0), initialState.race, false).main).toBe('Open images first.');
    expect(blockedTransport(run('idle', 0), initialState.race, true).stop).toBe('Nothing is trained yet.');
    expect(blockedTransport(run('running', 3), initialState.race, true).step).toBe(
      'Pause the training first.',
    );
    expect(blockedTransport(run('running', 3), initialState.race, true).import).toBe(
      'Pause or stop the training first.',
    );
    expect(blockedTransport(run('running', 3), initialState.race, true).export).toBe(
      'Pause or stop the training first.',
    );
    expect(blockedTransport(run('paused', 3), initialState.race, true).export).toMatch(/Stop evaluates/);
    expect(blockedTransport(run('finished', 3), initialState.race, true).step).toMatch(/Train again/);
    expect(blockedTransport(run('paused', 3, changes[3]), initialState.race, true).step).toMatch(
      /settings have changed/,
    );
    expect(blockedTransport(run('paused', 3, changes[1]), initialState.race, true).reset).toMatch(
      /current task/,
    );
  });
});
