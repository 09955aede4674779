import { expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { initialState } from '#store/app-state.ts';
import { fakeRun } from '#store/testing/fake-run.ts';
import { presentFileName, runFileName } from './run-file-name.ts';

const config = { ...presets.quickLook, loss: 'wfdl', seed: 3 } as const;

it('has the category, the name or the loss, and the seed', () => {
  expect(runFileName({ categoryName: 'bottle', config })).toBe('bottle-wfdl-seed3');
  expect(runFileName({ categoryName: 'bottle', config, name: 'wide: 200 epochs' })).toBe(
    'bottle-wide-200-epochs-seed3',
  );
});

it('is that of the present run, with its training category and its retained name', () => {
  const { run, runs, dataset } = initialState;
  const present = { ...run, configured: config, importedFrom: 'pill' };
  expect(presentFileName({ run: present, runs, dataset })).toBe('pill-wfdl-seed3');
  const library = { ...runs, retained: [fakeRun({ id: 'a', name: 'WFDL 2' })], presentId: 'a' };
  expect(presentFileName({ run: present, runs: library, dataset })).toBe('pill-wfdl-2-seed3');
  expect(presentFileName({ run: { ...run, importedFrom: 'pill' }, runs, dataset })).toBe('pill');
});
