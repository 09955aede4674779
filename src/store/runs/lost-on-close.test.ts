import { expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { initialState } from '../app-state.ts';
import type { RaceState } from '../race/state.ts';
import { idleStatus } from '../run/state.ts';
import { fakeRun } from '../testing/fake-run.ts';
import { isLostOnClose } from './state.ts';

const { run, race, runs } = initialState;
const trained = { ...run, status: { ...idleStatus(8), phase: 'paused', step: 5 } } as const;

it('closing the page loses weights that are neither retained nor exported', () => {
  expect(isLostOnClose({ run, race, runs })).toBe(false);
  expect(isLostOnClose({ race, run: trained, runs })).toBe(true);
  expect(isLostOnClose({ race, run: { ...trained, savedStep: 5 }, runs })).toBe(false);
});

it('closing the page loses the weights of a rival that is not over, also if the first contestant has failed', () => {
  const rival = (phase: 'paused' | 'finished') =>
    ({
      config: run.config,
      status: { ...idleStatus(8), phase, step: 5 },
    }) as unknown as RaceState['rivals'][number];
  expect(isLostOnClose({ run, race: { rivals: [rival('paused')] }, runs })).toBe(true);
  expect(isLostOnClose({ run, race: { rivals: [rival('finished')] }, runs })).toBe(false);
});

it('closing the page loses retained runs that are only in memory', () => {
  const memoryOnly = new ResiduaError('storage-failed', 'No storage.', 'Allow it.').toPlain();
  expect(isLostOnClose({ run, race, runs: { ...runs, memoryOnly } })).toBe(false);
  const retained = [fakeRun({ id: 'a' })];
  expect(isLostOnClose({ run, race, runs: { ...runs, retained } })).toBe(false);
  expect(isLostOnClose({ run, race, runs: { ...runs, retained, memoryOnly } })).toBe(true);
  expect(isLostOnClose({ run, race, runs: { ...runs, retained, unsaved: ['a'] } })).toBe(true);
});
