/** The files of a data folder, in the form that the page gets from a dropped folder. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { archiveKind } from '#core/archive/archive-name.ts';
import { ResiduaError } from '#core/errors.ts';
import type { DataFile } from './data-file.ts';
import { unpackArchive } from './unpack-archive.ts';

export type { DataFile } from './data-file.ts';

const unreadable = (folder: string, why: string): ResiduaError =>
  new ResiduaError(
    'not-a-category',
    `The folder ${folder} ${why}.`,
    'Give a category folder with train/good in it, or a folder with several categories.',
  );

const walk = async (location: string, path: string, above: readonly string[]): Promise<DataFile[]> => {
  const real = await realpath(location);
  // A link to a parent folder would otherwise recurse forever.
  if (above.includes(real)) return [];
  const names = (await readdir(location)).sort();
  const below = await Promise.all(
    names.map(async (name): Promise<DataFile[]> => {
      const file = { path: `${path}/${name}`, location: join(location, name) };
      const found = await stat(file.location).catch(() => undefined);
      if (found?.isDirectory()) return walk(file.location, file.path, [...above, real]);
      return found?.isFile() ? [file] : [];
    }),
  );
  return below.flat();
};

/**
 * Lists all files below a folder, sorted by path; links are followed. An archive is unpacked first.
 * @throws ResiduaError `not-a-category` if the folder is missing, is a file of another kind, or has no files;
 *   `archive-invalid` if the archive is damaged
 */
export const listDataFiles = async (folder: string): Promise<readonly DataFile[]> => {
  const location = resolve(folder);
  const found = await stat(location).catch(() => undefined);
  if (!found) throw unreadable(folder, 'does not exist');
  if (!found.isDirectory()) {
    if (!archiveKind(location)) throw unreadable(folder, 'is a file');
    return unpackArchive(location);
  }
  const files = await walk(location, basename(location), []);
  if (files.length === 0) throw unreadable(folder, 'has no files');
  return files;
};
