/** Unpacks an archive of images to a temporary folder, which is deleted when the process ends. */
import { openAsBlob, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { archiveStem } from '#core/archive/archive-name.ts';
import { openArchive, type TakeFile } from '#core/archive/open-archive.ts';
import type { DataFile } from './data-file.ts';

const unpacked = new Map<string, Promise<readonly DataFile[]>>();

const unpack = async (location: string): Promise<readonly DataFile[]> => {
  const name = basename(location);
  const folder = await mkdtemp(join(tmpdir(), 'residua-archive-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const files: DataFile[] = [];
  const take: TakeFile = async ({ path, content }) => {
    // Numbers for names: no path of the archive reaches the file system.
    const file = { path: `${archiveStem(name)}/${path}`, location: join(folder, String(files.length)) };
    await writeFile(file.location, new Uint8Array(await content.arrayBuffer()));
    files.push(file);
  };
  const refused = await openArchive(name, await openAsBlob(location), take).catch((thrown: unknown) => {
    remove();
    throw thrown;
  });
  for (const { path, reason } of refused) console.warn(`${name}: ${path}: ${reason}`);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
};

/**
 * Returns the files of an archive as if its folder had been given. It is unpacked once.
 * @throws ResiduaError (as rejection) `archive-invalid`
 */
export const unpackArchive = (location: string): Promise<readonly DataFile[]> => {
  const known = unpacked.get(location) ?? unpack(location);
  unpacked.set(location, known);
  return known;
};
