import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJson } from '#core/bundle/text-parts.ts';
import { presets } from '#core/presets.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { performQueue } from './queue.ts';
import { queueOption } from './queue-option.ts';
import { resumeFileName, resumeText } from './resume-file.ts';
import type { TrainCommand } from './train-command.ts';
import { prepareFolder } from './write-results.ts';

let outFolder: string;

beforeEach(async () => {
  outFolder = await mkdtemp(join(tmpdir(), 'residua-queue-'));
});

afterEach(() => rm(outFolder, { recursive: true }));

const queue = queueOption(['loss=l2,wfdl'], {})!;

const command = (change: Partial<TrainCommand> = {}): TrainCommand => ({
  kind: 'train',
  dataFolder: 'data',
  category: undefined,
  roles: { layout: 'auto', normal: [], defects: [], masks: [], testPercent: null, testSeed: 0 },
  browser: 'chromium',
  device: 'auto',
  outFolder,
  compareScores: false,
  maps: undefined,
  config: presets.quickLook,
  race: undefined,
  pace: { everyMinutes: 5, everyEpochs: 0 },
  resumed: undefined,
  ...change,
});

const metrics = { imageAuroc: 0.5, averagePrecision: null, pixelAuroc: null, auPro: null };

/** Trains by writing the files that a run leaves. */
const write = async ({ outFolder: folder, config }: TrainCommand): Promise<void> => {
  await prepareFolder(folder);
  await writeFile(join(folder, 'config.json'), asJson({ settingsVersion, ...config }));
  await writeFile(join(folder, 'metrics.json'), asJson(metrics));
};

const perform = async (
  train: (command: TrainCommand) => Promise<void>,
  { run = command(), isInterrupted = (): boolean => false } = {},
) => {
  const trained: TrainCommand[] = [];
  const lines: string[] = [];
  const rows = await performQueue(run, queue, ['bottle', 'pill'], {
    train: async (one) => {
      trained.push(one);
      await train(one);
    },
    isInterrupted,
    print: (line) => lines.push(line),
  });
  return { rows, trained, lines };
};

describe('a queue', () => {
  it('trains each run into its own folder, and writes the table', async () => {
    const { rows, trained } = await perform(write);
    expect(trained.map(({ category, config }) => [category, config.loss])).toEqual([
      ['bottle', 'l2'],
      ['bottle', 'wfdl'],
      ['pill', 'l2'],
      ['pill', 'wfdl'],
    ]);
    expect(rows.every((row) => row.metrics?.imageAuroc === 0.5)).toBe(true);
    expect((await readFile(join(outFolder, 'table.csv'), 'utf8')).trim().split('\r\n')).toHaveLength(5);
    expect(await readFile(join(outFolder, 'table.md'), 'utf8')).toContain('| pill | 0.500 | 0.500 |');
  });

  it('goes on after a run that fails, and trains only that one when it is repeated', async () => {
    const first = await perform(async (one) => {
      if (one.category === 'bottle' && one.config.loss === 'wfdl') throw new Error('broken');
      await write(one);
    });
    expect(first.rows.map((row) => row.metrics !== undefined)).toEqual([true, false, true, true]);
    expect(first.rows[1]?.problem).toContain('broken');
    const again = await perform(write);
    expect(again.trained.map(({ outFolder: folder }) => folder)).toEqual([
      join(outFolder, 'bottle/loss-wfdl'),
    ]);
    expect(again.rows.every((row) => row.metrics !== undefined)).toBe(true);
  });

  it('resumes an unfinished run', async () => {
    const unfinished = command({
      category: 'bottle',
      config: { ...presets.quickLook, loss: 'l2' },
      outFolder: join(outFolder, 'bottle/loss-l2'),
    });
    await prepareFolder(unfinished.outFolder);
    await writeFile(join(unfinished.outFolder, resumeFileName), resumeText(unfinished));
    const { trained, lines } = await perform(write);
    expect(trained.map(({ resumed }) => resumed !== undefined)).toEqual([true, false, false, false]);
    expect(lines[0]).toContain('bottle/loss-l2, resumed');
  });

  it('refuses results with other settings before it trains, and names the setting', async () => {
    await perform(write);
    const run = command({ config: { ...presets.quickLook, epochs: 7 } });
    const trained: TrainCommand[] = [];
    await expect(
      perform(
        async (one) => {
          trained.push(one);
        },
        { run },
      ),
    ).rejects.toThrow(`is of a run with epochs ${presets.quickLook.epochs}, and the queue wants 7`);
    expect(trained).toEqual([]);
  });

  it('ends at once when it is interrupted', async () => {
    let interrupted = false;
    const { rows, trained } = await perform(
      async () => {
        interrupted = true;
        throw new Error('The browser was closed.');
      },
      { isInterrupted: () => interrupted },
    );
    expect(trained).toHaveLength(1);
    expect(rows).toEqual([]);
  });
});
