import { expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { initialState } from '../app-state.ts';
import type { RaceState } from '../race/state.ts';
import { idleStatus } from '../run/state.ts';
import { fakeRun } from '../testing/fake-run.ts';
import { fakeCheckpoint } from '../testing/fake-storage.ts';
import { isLostOnClose } from './state.ts';

const { run, race, runs, storage } = initialState;
const trained = { ...run, status: { ...idleStatus(8), phase: 'paused', step: 5 } } as const;

it('closing the page loses weights that are neither retained nor exported', () => {
  expect(isLostOnClose({ storage, run, race, runs })).toBe(false);
  expect(isLostOnClose({ storage, race, run: trained, runs })).toBe(true);
  expect(isLostOnClose({ storage, race, run: { ...trained, savingStep: 5 }, runs })).toBe(true);
  expect(isLostOnClose({ storage, race, run: { ...trained, savedStep: 5 }, runs })).toBe(false);
});

it('closing the page loses the weights of a rival that is not over, also if the first contestant has failed', () => {
  const rival = (phase: 'paused' | 'finished') =>
    ({
      config: run.config,
      status: { ...idleStatus(8), phase, step: 5 },
    }) as unknown as RaceState['rivals'][number];
  expect(isLostOnClose({ storage, run, race: { rivals: [rival('paused')] }, runs })).toBe(true);
  expect(isLostOnClose({ storage, run, race: { rivals: [rival('finished')] }, runs })).toBe(false);
});

it('closing the page loses no weights that a checkpoint has', () => {
  const at = (step: number, runId = 'a') => ({
    ...storage,
    presentId: 'a',
    stored: [fakeCheckpoint({ runId, step })],
  });
  expect(isLostOnClose({ race, runs, run: trained, storage: at(5) })).toBe(false);
  expect(isLostOnClose({ race, runs, run: trained, storage: at(4) })).toBe(true);
  expect(isLostOnClose({ race, runs, run: trained, storage: at(5, 'other') })).toBe(true);
});

it('closing the page loses retained runs that are only in memory', () => {
  const memoryOnly = new ResiduaError('storage-failed', 'No storage.', 'Allow it.').toPlain();
  expect(isLostOnClose({ storage, run, race, runs: { ...runs, memoryOnly } })).toBe(false);
  const retained = [fakeRun({ id: 'a' })];
  expect(isLostOnClose({ storage, run, race, runs: { ...runs, retained } })).toBe(false);
  expect(isLostOnClose({ storage, run, race, runs: { ...runs, retained, memoryOnly } })).toBe(true);
  expect(isLostOnClose({ storage, run, race, runs: { ...runs, retained, unsaved: ['a'] } })).toBe(true);
});
