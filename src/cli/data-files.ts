/** The files of a data folder, in the form that the page gets from a dropped folder. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ResiduaError } from '#core/errors.ts';

/** One file below a data folder. */
export interface DataFile {
  /** Path as in a drop: '/'-separated, starting with the folder's own name. */
  readonly path: string;
  /** Its path on this machine. */
  readonly location: string;
}

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
 * Lists all files below a folder, sorted by path; links are followed.
 * @throws ResiduaError `not-a-category` if the folder is missing, is not a folder, or has no files
 */
export const listDataFiles = async (folder: string): Promise<readonly DataFile[]> => {
  const location = resolve(folder);
  const found = await stat(location).catch(() => undefined);
  if (!found) throw unreadable(folder, 'does not exist');
  if (!found.isDirectory()) throw unreadable(folder, 'is a file');
  const files = await walk(location, basename(location), []);
  if (files.length === 0) throw unreadable(folder, 'has no files');
  return files;
};
