import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeAtomic } from './atomic-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'residua-atomic-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

it('replaces a file, and leaves nothing beside it', async () => {
  const location = join(folder, 'checkpoint.bin');
  await writeAtomic(location, 'old');
  await writeAtomic(location, Uint8Array.of(1, 2));
  expect(await readFile(location)).toEqual(Buffer.of(1, 2));
  expect(await readdir(folder)).toEqual(['checkpoint.bin']);
});

it('leaves the old file where the new one cannot be written', async () => {
  const location = join(folder, 'checkpoint.bin');
  await writeAtomic(location, 'old');
  // A folder has the name of the temporary file.
  await mkdir(`${location}.partial`);
  await expect(writeAtomic(location, 'new')).rejects.toThrow();
  expect(await readFile(location, 'utf8')).toBe('old');
});

it('leaves the last whole file if the process is killed while it writes', async () => {
  const location = join(folder, 'checkpoint.bin');
  const module = new URL('./atomic-file.ts', import.meta.url).href;
  // 32 MB of one digit, again and again: 0, 1, 2, ...
  const script = `const { writeAtomic } = await import(${JSON.stringify(module)});
    for (let i = 0; ; i++) {
      await writeAtomic(${JSON.stringify(location)}, new Uint8Array(32e6).fill(i % 256));
      process.stdout.write('.');
    }`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  const content = await readFile(location);
  expect(content.length).toBe(32e6);
  expect(content.every((byte) => byte === content[0])).toBe(true);
});
