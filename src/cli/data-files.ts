/** The files of a data folder, as the page would get them from a dropped folder. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ResiduaError } from '#core/errors.ts';

/** One file below a data folder. */
export interface DataFile {
  /** Path as a drop gives it: '/'-separated, beginning with the folder's own name. */
  readonly path: string;
  /** Where it lies on this machine. */
  readonly location: string;
}

const unreadable = (folder: string, why: string): ResiduaError =>
  new ResiduaError(
    'not-a-category',
    `The folder ${folder} ${why}.`,
    'Give a category folder with train/good in it, or a folder of several.',
  );

const walk = async (location: string, path: string, above: readonly string[]): Promise<DataFile[]> => {
  const real = await realpath(location);
  // A link to a folder above would otherwise go round for ever.
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
 * All files below a folder, by path; links are followed.
 * @throws ResiduaError `not-a-category` if the folder is missing, is no folder, or holds no file
 */
export const listDataFiles = async (folder: string): Promise<readonly DataFile[]> => {
  const location = resolve(folder);
  const found = await stat(location).catch(() => undefined);
  if (!found) throw unreadable(folder, 'does not exist');
  if (!found.isDirectory()) throw unreadable(folder, 'is a file');
  const files = await walk(location, basename(location), []);
  if (files.length === 0) throw unreadable(folder, 'holds no files');
  return files;
};
