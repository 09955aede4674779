/** A run from a shell that is interrupted, killed and resumed ends with the files of one that was not. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ensureBuilt } from '../src/cli/built-app.ts';

/** A process with its output so far. */
interface Training {
  readonly child: ChildProcess;
  output: string;
}

const start = (...args: readonly string[]): Training => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/train.ts', ...args]);
  const training: Training = { child, output: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      training.output += part.toString();
    });
  return training;
};

/** Resolves with the exit code, or the signal that ended it. */
const ended = async ({ child }: Training): Promise<unknown> => {
  const [code, signal] = await once(child, 'close');
  return code ?? signal;
};

/** Resolves when the folder has a checkpoint that is newer than a time. */
const checkpointAfter = async (folder: string, afterMs: number): Promise<void> => {
  const changedMs = async (): Promise<number> =>
    (await stat(join(folder, 'checkpoint.bin')).catch(() => undefined))?.mtimeMs ?? 0;
  await expect.poll(changedMs, { timeout: 60_000, intervals: [50] }).toBeGreaterThan(afterMs);
};

/** A few seconds on the processor; the last evaluation is the only one. */
const settings = ['--sample', '--device', 'wasm', '--side', '32', '--width', '0.25', '--batch', '8'];
const length = ['--epochs', '160', '--evaluate-every', '160', '--checkpoint-epochs', '5'];

test('Ctrl-C saves a checkpoint and exits with 130, and a killed resume goes on to the same bits', async () => {
  // Five processes, each with its own browser.
  test.setTimeout(600_000);
  await ensureBuilt();
  const folder = await mkdtemp(join(tmpdir(), 'residua-resume-'));
  const interrupted = join(folder, 'interrupted');
  const straight = join(folder, 'straight');
  try {
    const first = start(...settings, ...length, '--out', interrupted);
    await checkpointAfter(interrupted, 0);
    first.child.kill('SIGINT');
    expect(await ended(first), first.output).toBe(130);
    expect(first.output).toMatch(/Saved a checkpoint at epoch \d+, step \d+\./);
    expect(first.output).toContain(`Resume with: npm run train -- --resume ${interrupted}`);
    const { mtimeMs } = await stat(join(interrupted, 'checkpoint.bin'));

    const again = start(...settings, ...length, '--out', interrupted);
    expect(await ended(again)).toBe(1);
    expect(again.output).toContain('has the checkpoint of an unfinished run');

    const killed = start('--resume', interrupted);
    await checkpointAfter(interrupted, mtimeMs);
    killed.child.kill('SIGKILL');
    expect(await ended(killed), killed.output).toBe('SIGKILL');
    expect(killed.output).toMatch(/Resumed at epoch \d+, step \d+\.\n/);

    const last = start('--resume', interrupted);
    expect(await ended(last), last.output).toBe(0);
    const whole = start(...settings, ...length, '--out', straight);
    expect(await ended(whole), whole.output).toBe(0);
    for (const name of ['weights.bin', 'history.csv', 'scores.csv', 'config.json'])
      expect(
        (await readFile(join(interrupted, name))).equals(await readFile(join(straight, name))),
        name,
      ).toBe(true);
    expect(await readdir(interrupted)).toEqual(await readdir(straight));
  } finally {
    await rm(folder, { recursive: true });
  }
});
