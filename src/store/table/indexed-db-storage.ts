/** Stores a table in the browser's database. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { StoredTable, TableStorage } from './table-storage.ts';

interface TableDatabase extends DBSchema {
  readonly tables: { key: 'current'; value: StoredTable };
}

/** Opens the database at its first use. */
export const createIndexedDbStorage = (name = 'residua-table'): TableStorage => {
  let opened: Promise<IDBPDatabase<TableDatabase>> | undefined;
  const database = (): Promise<IDBPDatabase<TableDatabase>> => {
    opened ??= openDB<TableDatabase>(name, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore('tables');
      },
    });
    return opened;
  };
  return {
    read: async () => (await database()).get('tables', 'current'),
    write: async (table) => {
      if (table) await (await database()).put('tables', table, 'current');
      else await (await database()).delete('tables', 'current');
    },
  };
};
