import { expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { addedToVersion1, newerSentence, version1Table } from '#testing/version-1.ts';
import { addedToVersion3, version3Table } from '#testing/version-3.ts';
import { parseStoredTable, type StoredTable, storedTable } from './table-storage.ts';

it('a table of version 1 opens with the settings that reproduce its runs', () => {
  const before = version1Table() as StoredTable;
  const table = parseStoredTable(before);
  expect(table.version).toBe(4);
  expect(table.base).toEqual({ ...before.base, ...addedToVersion1 });
  expect(table.entries.map(({ id, outcome }) => `${id} ${outcome.state}`)).toEqual([
    'bottle/l2/0 done',
    'bottle/ssim/0 failed',
    'bottle/wfdl/0 waiting',
    'bottle/wfdl/1 waiting',
  ]);
  for (const [index, { config, outcome }] of table.entries.entries()) {
    expect(config).toEqual({ ...before.entries[index]?.config, ...addedToVersion1 });
    expect(outcome).toEqual(before.entries[index]?.outcome);
  }
});

it('a table of version 3 opens with squeezed images', () => {
  const before = version3Table() as StoredTable;
  const table = parseStoredTable(before);
  expect(table.base).toEqual({ ...before.base, ...addedToVersion3 });
  for (const [index, { config }] of table.entries.entries())
    expect(config).toEqual({ ...before.entries[index]?.config, ...addedToVersion3 });
});

it('a table of the present version is restored unchanged', () => {
  const table = storedTable(presets.recommended, [
    {
      id: 'pill/l2/3',
      category: 'pill',
      imageCount: 15,
      trainCount: 10,
      loss: 'l2',
      seed: 3,
      config: { ...presets.recommended, loss: 'l2', seed: 3 },
      outcome: { state: 'skipped', reason: 'by hand' },
      spentMs: 0,
    },
  ]);
  expect(parseStoredTable(table)).toEqual(table);
});

it('a table of a newer version is refused as such, whatever else it holds', () => {
  expect(() => parseStoredTable({ version: 5 })).toThrow(newerSentence);
  expect(() => parseStoredTable({ version: 5 })).not.toThrow(/cannot be read/);
});

it('another value is refused', () => {
  for (const value of [null, 3, {}, { version: 1 }, { version: 2, base: presets.paper, entries: [null] }])
    expect(() => parseStoredTable(value)).toThrow(/table of an earlier visit cannot be read/);
});
