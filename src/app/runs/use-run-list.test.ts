import { expect, it } from 'vitest';
import { fakeRun } from '#store/testing/fake-run.ts';
import { byRace, type ListedRun } from './use-run-list.ts';

const listed = (id: string, race?: { readonly id: string; readonly place: number }): ListedRun =>
  ({ run: fakeRun({ id, race }) }) as ListedRun;

it('groups the runs of a race in the order of the list, where its first run is', () => {
  const groups = byRace([
    listed('a'),
    listed('b', { id: 'one', place: 1 }),
    listed('c'),
    listed('d', { id: 'one', place: 0 }),
    // The others of this race are deleted.
    listed('e', { id: 'two', place: 2 }),
  ]);
  expect(groups.map(({ raceId, runs }) => [raceId, runs.map(({ run }) => run.id)])).toEqual([
    [undefined, ['a']],
    ['one', ['b', 'd']],
    [undefined, ['c']],
    [undefined, ['e']],
  ]);
});
