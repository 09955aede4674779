import { expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { initialState } from '../app-state.ts';
import { idleStatus } from '../run/state.ts';
import { fakeRun } from '../testing/fake-run.ts';
import { isLostOnClose } from './state.ts';

const { run, runs } = initialState;
const trained = { ...run, status: { ...idleStatus(8), phase: 'paused', step: 5 } } as const;

it('closing the page loses weights that are neither retained nor exported', () => {
  expect(isLostOnClose({ run, runs })).toBe(false);
  expect(isLostOnClose({ run: trained, runs })).toBe(true);
  expect(isLostOnClose({ run: { ...trained, savedStep: 5 }, runs })).toBe(false);
});

it('closing the page loses retained runs that are only in memory', () => {
  const memoryOnly = new ResiduaError('storage-failed', 'No storage.', 'Allow it.').toPlain();
  expect(isLostOnClose({ run, runs: { ...runs, memoryOnly } })).toBe(false);
  const retained = [fakeRun({ id: 'a' })];
  expect(isLostOnClose({ run, runs: { ...runs, retained } })).toBe(false);
  expect(isLostOnClose({ run, runs: { ...runs, retained, memoryOnly } })).toBe(true);
  expect(isLostOnClose({ run, runs: { ...runs, retained, unsaved: ['a'] } })).toBe(true);
});
