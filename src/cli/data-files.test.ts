import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

  it('returns the files of an archive like those of its folder, and names the refused ones', async () => {
    const warnings: unknown[] = [];
    vi.spyOn(console, 'warn').mockImplementation((text: unknown) => void warnings.push(text));
    const archive = join(folder, 'nuts.zip');
    const text = (content: string): Uint8Array => new TextEncoder().encode(content);
    const entries = {
      'nut/train/good/0.png': text('first'),
      '../evil.png': text('x'),
      'nut/a.txt': text('note'),
    };
    await writeFile(archive, zipSync(entries));
    const files = await listDataFiles(archive);
    expect(files.map(({ path }) => path)).toEqual(['nuts/nut/a.txt', 'nuts/nut/train/good/0.png']);
    expect(await readFile(files[1].location, 'utf8')).toBe('first');
    await rm(dirname(files[0].location), { recursive: true });
    expect(warnings).toEqual(['nuts.zip: ../evil.png: Its path leads out of the archive.']);
    await writeFile(join(folder, 'cut.tar.xz'), 'no archive');
    await expect(listDataFiles(join(folder, 'cut.tar.xz'))).rejects.toMatchObject({
      code: 'archive-invalid',
    });
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
