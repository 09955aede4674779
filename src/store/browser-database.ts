/** The browser's database of retained runs, checkpoints and images. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { ExportedRun } from '#worker/protocol.ts';
import type { RunRecord } from './runs/run-record.ts';
import type { CheckpointRecord } from './storage/checkpoint-record.ts';
import type { ImagesRecord, KeptImages } from './storage/kept-images.ts';

/** Run and step of a checkpoint. */
export type CheckpointPlace = [runId: string, step: number];

/** Category and side of kept images. */
export type ImagesPlace = [name: string, side: number];

export interface DatabaseSchema extends DBSchema {
  /** Retained runs without their files, so that a page with many runs opens fast. */
  runs: { key: string; value: RunRecord };
  /** `model.json` and `weights.bin`, by the run's id. */
  files: { key: string; value: Omit<ExportedRun, 'past'> };
  /** `past.bin`, by the run's id: apart from the models, because it can be a hundred times larger. */
  past: { key: string; value: ArrayBuffer };
  /** Checkpoints without their files. */
  checkpoints: { key: CheckpointPlace; value: CheckpointRecord };
  /** The files of a checkpoint, one per contestant. */
  'checkpoint-files': { key: CheckpointPlace; value: readonly ArrayBuffer[] };
  /** Kept image sets without their arrays. */
  'image-sets': { key: ImagesPlace; value: ImagesRecord };
  /** The samples and arrays of kept image sets. */
  images: { key: ImagesPlace; value: KeptImages };
}

export type BrowserDatabase = IDBPDatabase<DatabaseSchema>;

/** Version of the object stores; their records have versions of their own. */
const databaseVersion = 3;

/** Opens the database, and adds the object stores that an older page did not have. */
export const openBrowserDatabase = (): Promise<BrowserDatabase> =>
  openDB<DatabaseSchema>('residua', databaseVersion, {
    upgrade: (database, oldVersion) => {
      if (oldVersion < 1) {
        database.createObjectStore('runs', { keyPath: 'id' });
        database.createObjectStore('files');
      }
      if (oldVersion < 2) database.createObjectStore('past');
      database.createObjectStore('checkpoints', { keyPath: ['runId', 'step'] });
      database.createObjectStore('checkpoint-files');
      database.createObjectStore('image-sets', { keyPath: ['name', 'side'] });
      database.createObjectStore('images');
    },
    // A newer page in another tab waits until this one closes the database.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close(),
  });
