import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrowserPage } from './browser-page.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';
import type { FileExchange } from './file-exchange.ts';
import { parseCommand, type TrainCommand } from './train-command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'residua-keeper-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** A keeper with a page that sends the number of the call, and a clock of the test. */
const keeperOf = async (...args: readonly string[]) => {
  const command = (await parseCommand(['--sample', '--out', folder, ...args])) as TrainCommand;
  const page = { calls: 0, finished: false, error: undefined as Error | undefined };
  const clock = { nowMs: 0 };
  const warnings: string[] = [];
  const place = () => ({ epoch: page.calls, step: 10 * page.calls, finished: page.finished });
  const browserPage = {
    run: async () => {
      page.calls += 1;
      if (page.error) throw page.error;
      return [place(), place()];
    },
  } as unknown as BrowserPage;
  const exchange = {
    prefix: '',
    received: (name: string) => Buffer.from(`${name} ${page.calls}`),
  } as unknown as FileExchange;
  const warn = (problem: string): void => void warnings.push(problem);
  const keeper = new CheckpointKeeper(browserPage, exchange, command, warn, () => clock.nowMs);
  return { keeper, page, clock, warnings };
};

const textOf = (...path: readonly string[]): Promise<string> => readFile(join(folder, ...path), 'utf8');

describe('CheckpointKeeper', () => {
  it('keeps one after each stated time', async () => {
    const { keeper, page, clock } = await keeperOf('--checkpoint-minutes', '2');
    await keeper.keepIfDue(50);
    clock.nowMs = 119_999;
    await keeper.keepIfDue(90);
    expect([page.calls, keeper.hasKept]).toEqual([0, false]);
    clock.nowMs = 120_000;
    await keeper.keepIfDue(91);
    await keeper.keepIfDue(91);
    expect([page.calls, keeper.hasKept]).toEqual([1, true]);
    expect(await textOf('checkpoint.bin')).toBe('checkpoint-0 1');
    expect(JSON.parse(await textOf('resume.json'))).toMatchObject({ dataFolder: null, checkpointMinutes: 2 });
  });

  it('keeps one after each stated number of epochs, counted from the first', async () => {
    const { keeper, page } = await keeperOf('--checkpoint-minutes', '0', '--checkpoint-epochs', '3');
    for (const epoch of [7, 8, 9, 10, 12, 13, 19]) await keeper.keepIfDue(epoch);
    expect(page.calls).toBe(3);
  });

  it('keeps one of each contestant in its folder, and removes all after the results', async () => {
    const { keeper } = await keeperOf('--race', 'loss=l2,wfdl');
    expect(await keeper.keep()).toEqual({ epoch: 1, step: 10, finished: false });
    expect(await textOf('loss-l2', 'checkpoint.bin')).toBe('checkpoint-0 1');
    expect(await textOf('loss-wfdl', 'checkpoint.bin')).toBe('checkpoint-1 1');
    await keeper.remove();
    expect(await readdir(folder)).toEqual(['loss-l2', 'loss-wfdl']);
    expect(await readdir(join(folder, 'loss-l2'))).toEqual([]);
  });

  it('warns once if one cannot be kept, leaves the last one, and tries again later', async () => {
    const { keeper, page, clock, warnings } = await keeperOf('--checkpoint-minutes', '1');
    await keeper.keep();
    page.error = new Error('The disk is full.');
    clock.nowMs = 60_000;
    await keeper.keepIfDue(1);
    await keeper.keepIfDue(1);
    expect(warnings).toEqual(['The disk is full.']);
    expect(await textOf('checkpoint.bin')).toBe('checkpoint-0 1');
    page.error = undefined;
    clock.nowMs = 120_000;
    await keeper.keepIfDue(1);
    expect(await textOf('checkpoint.bin')).toBe('checkpoint-0 3');
  });

  it('keeps none of a finished training', async () => {
    const { keeper, page } = await keeperOf();
    page.finished = true;
    await expect(keeper.keep()).rejects.toMatchObject({ code: 'no-run' });
    page.finished = false;
    await keeper.end();
    await expect(keeper.keep()).rejects.toMatchObject({ code: 'no-run' });
    expect(await readdir(folder)).toEqual([]);
  });
});
