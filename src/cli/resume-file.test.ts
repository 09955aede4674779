import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { checkpointFiles, requireNoUnfinishedRun, resumeCommand, resumeText } from './resume-file.ts';
import { parseCommand, type TrainCommand } from './train-command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'residua-resume-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const commandOf = async (...args: readonly string[]): Promise<TrainCommand> => {
  const command = await parseCommand(['--out', folder, ...args]);
  if (command.kind !== 'train') throw new Error('expected a training run');
  return command;
};

const keep = (text: string): Promise<void> => writeFile(join(folder, 'resume.json'), text);

describe('resumeCommand', () => {
  it('restores a run with all its arguments, from any working folder', async () => {
    const command = await commandOf(
      ...['--data', 'some/bottle', '--category', 'bottle', '--browser', 'firefox', '--device', 'wasm'],
      ...['--layout', 'mvtec', '--test-percent', '10', '--test-seed', '3'],
      ...['--maps', 'model'],
      ...['--compare-scores', '--loss', 'l2', '--checkpoint-minutes', '0.5', '--checkpoint-epochs', '3'],
    );
    await keep(resumeText(command));
    expect(await resumeCommand(folder)).toEqual({
      ...command,
      dataFolder: resolve('some/bottle'),
      resumed: [join(folder, 'checkpoint.bin')],
    });
  });

  it('opens a file of before there were anomaly maps', async () => {
    const command = await commandOf('--sample');
    const { maps, ...older } = JSON.parse(resumeText(command));
    expect(maps).toBeNull();
    await keep(JSON.stringify(older));
    expect((await resumeCommand(folder)).maps).toBeUndefined();
  });

  it('restores a race, with a checkpoint in each contestant’s folder', async () => {
    const command = await commandOf('--sample', '--race', 'loss=l2,wfdl');
    await keep(resumeText(command));
    const resumed = [join(folder, 'loss-l2', 'checkpoint.bin'), join(folder, 'loss-wfdl', 'checkpoint.bin')];
    expect(checkpointFiles(command)).toEqual(resumed);
    expect(await resumeCommand(folder)).toEqual({ ...command, resumed });
  });

  it('names a folder without an unfinished run', async () => {
    await expect(resumeCommand(folder)).rejects.toThrow(`The folder ${folder} has no unfinished run`);
  });

  it.each([
    ['{', 'is not JSON'],
    ['{}', 'has version none'],
    ['null', 'has version none'],
  ])('names a damaged file: %s', async (text, problem) => {
    await keep(text);
    await expect(resumeCommand(folder)).rejects.toThrow(problem);
  });

  it('names the field that makes no sense', async () => {
    const text = resumeText(await commandOf('--sample'));
    await keep(text.replace('"browser": "chromium"', '"browser": "lynx"'));
    await expect(resumeCommand(folder)).rejects.toThrow(/browser is "lynx"/);
    await keep(text.replace(/"settingsVersion": \d+/, `"settingsVersion": ${settingsVersion + 1}`));
    await expect(resumeCommand(folder)).rejects.toThrow(/newer version/);
  });

  it('completes the settings of an older version', async () => {
    const text = resumeText(await commandOf('--sample'));
    const { curriculum: _, ...config } = JSON.parse(text).config;
    await keep(JSON.stringify({ ...JSON.parse(text), settingsVersion: 1, config }));
    expect((await resumeCommand(folder)).config.curriculum).toBe(0);
  });
});

describe('requireNoUnfinishedRun', () => {
  it('accepts a new folder, and refuses one with a run to resume', async () => {
    await requireNoUnfinishedRun(join(folder, 'new'));
    await keep(resumeText(await commandOf('--sample')));
    await expect(requireNoUnfinishedRun(folder)).rejects.toThrow(`Resume it with --resume ${folder}`);
    expect(await readFile(join(folder, 'resume.json'), 'utf8')).not.toBe('');
  });
});
