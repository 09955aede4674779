import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDataFiles } from './data-files.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'residua-data-'));
  await mkdir(join(folder, 'bottle', 'train', 'good'), { recursive: true });
  await mkdir(join(folder, 'empty'));
  await writeFile(join(folder, 'bottle', 'train', 'good', '0.png'), '');
  await writeFile(join(folder, 'elsewhere.png'), '');
  await symlink(join(folder, 'elsewhere.png'), join(folder, 'bottle', 'train', 'linked.png'));
  await symlink(join(folder, 'bottle'), join(folder, 'bottle', 'train', 'round'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('listDataFiles', () => {
  it('returns paths that start with the folder, and follows links without cycles', async () => {
    const files = await listDataFiles(join(folder, 'bottle'));
    expect(files.map(({ path }) => path)).toEqual(['bottle/train/good/0.png', 'bottle/train/linked.png']);
  });

  it.each([
    ['missing', /does not exist/],
    ['elsewhere.png', /is a file/],
    ['empty', /has no files/],
  ])('rejects %s by name', async (name, message) => {
    await expect(listDataFiles(join(folder, name))).rejects.toThrow(message);
    await expect(listDataFiles(join(folder, name))).rejects.toThrow(join(folder, name));
  });
});
