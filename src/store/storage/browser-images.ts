/** Kept images in the browser's database: the facts in one object store, samples and arrays in another. */
import type { BrowserDatabase } from '../browser-database.ts';
import { writeWhole } from '../write-whole.ts';
import { type ImageStorage, mostImageSets } from './image-storage.ts';
import { type ImagesRecord, imagesRecord, type KeptImages } from './kept-images.ts';
import { storageFailure, whileWriting } from './storage-errors.ts';

const storeNames = ['image-sets', 'images'] as const;

const newestFirst = (records: readonly ImagesRecord[]): ImagesRecord[] =>
  [...records].sort((one, other) => other.keptAt - one.keptAt);

const writeTo = (database: BrowserDatabase, images: KeptImages): Promise<void> =>
  writeWhole(database, storeNames, async (transaction) => {
    const records = transaction.objectStore('image-sets');
    const contents = transaction.objectStore('images');
    await records.put(imagesRecord(images, Date.now()));
    await contents.put(images, [images.name, images.side]);
    for (const { name, side } of newestFirst(await records.getAll()).slice(mostImageSets)) {
      await records.delete([name, side]);
      await contents.delete([name, side]);
    }
  });

const whileReading = (thrown: unknown): Error =>
  storageFailure('The kept images could not be read', 'Open their folder again.', thrown);

/** The kept images of an open database. */
export const createBrowserImages = (database: BrowserDatabase): ImageStorage => ({
  list: async () => {
    try {
      return newestFirst(await database.getAll('image-sets'));
    } catch (thrown) {
      throw whileReading(thrown);
    }
  },
  write: async (images) => {
    try {
      await writeTo(database, images);
    } catch (thrown) {
      const remedies = {
        full: 'Open their folder after a reload. Clear retained runs or past epochs under Storage to make room.',
        other: 'Open their folder after a reload.',
      };
      throw whileWriting(`the images of ${images.name}`, remedies, thrown);
    }
  },
  read: async ({ name, side }) => {
    try {
      return await database.get('images', [name, side]);
    } catch (thrown) {
      throw whileReading(thrown);
    }
  },
  clear: async () => {
    try {
      await writeWhole(database, storeNames, async (transaction) => {
        for (const name of storeNames) await transaction.objectStore(name).clear();
      });
    } catch (thrown) {
      throw storageFailure('The kept images could not be deleted', 'Reload the page and try again.', thrown);
    }
  },
});
