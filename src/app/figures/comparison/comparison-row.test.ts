import { expect, it } from 'vitest';
import { epochLines } from './comparison-row.ts';
import { testRow } from './testing-rows.ts';

it('a row names the epoch of its view, and the end of a stopped run', () => {
  expect(epochLines(testRow('l2'))).toEqual(['epoch 150']);
  expect(epochLines(testRow('l2', { stopped: 'stopped at epoch 150 of 400' }))).toEqual([
    'stopped at epoch 150 of 400',
  ]);
  expect(epochLines(testRow('l2', { stopped: 'stopped at epoch 200 of 400' }))).toEqual([
    'epoch 150',
    'stopped at epoch 200 of 400',
  ]);
});
