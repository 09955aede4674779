import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConfigSchema } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { addedToVersion1, newerSentence, version1Config, version1ConfigText } from '#testing/version-1.ts';
import { helpText } from './help-text.ts';
import { roleOptions } from './role-options.ts';
import { settingFlags } from './settings-flags.ts';
import { parseCommand, type TrainCommand } from './train-command.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'residua-cli-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const trainCommand = async (...args: readonly string[]): Promise<TrainCommand> => {
  const command = await parseCommand(['--data', 'd', '--out', 'o', ...args]);
  if (command.kind !== 'train') throw new Error('expected a training run');
  return command;
};

const fileWith = async (content: string): Promise<string> => {
  const file = join(folder, 'settings.json');
  await writeFile(file, content);
  return file;
};

describe('settingFlags', () => {
  it('has a kebab-case flag for every setting of the schema', () => {
    expect(settingFlags.map(({ setting }) => setting)).toEqual(Object.keys(runConfigSchema.entries));
    expect(settingFlags.find(({ setting }) => setting === 'bandLow')).toMatchObject({ flag: 'band-low' });
  });

  it('reads choices and ranges from the schema', () => {
    const allowed = (name: string) => settingFlags.find(({ setting }) => setting === name)?.allowed;
    expect(allowed('loss')).toBe('l2 | ssim | frequency | wfdl | focal-frequency | composite');
    expect(allowed('batch')).toBe('1 to 512');
    expect(allowed('dcWeight')).toBe('0 to 10');
    expect(allowed('ssimWindow')).toBe('3 to 31, odd');
    expect(allowed('weightCurve')).toBe('text such as 0:0,0.5:0.5,1:1');
  });
});

describe('parseCommand', () => {
  it('uses Quick look by default', async () => {
    expect(await trainCommand()).toEqual({
      kind: 'train',
      roles: roleOptions({}),
      dataFolder: 'd',
      category: undefined,
      config: presets.quickLook,
      browser: 'chromium',
      device: 'auto',
      outFolder: 'o',
      compareScores: false,
      race: undefined,
      pace: { everyMinutes: 5, everyEpochs: 0 },
      resumed: undefined,
    });
  });

  it('resumes a folder, without any other argument', async () => {
    expect(await parseCommand(['--resume', 'o'])).toEqual({ kind: 'resume', outFolder: 'o' });
    await expect(parseCommand(['--resume', 'o', '--epochs', '9'])).rejects.toThrow(
      '--resume cannot be combined with --epochs',
    );
  });

  it.each([
    ['--checkpoint-minutes', 'often'],
    ['--checkpoint-minutes', ''],
    ['--checkpoint-minutes', '-1'],
    ['--checkpoint-epochs', '1.5'],
  ])('refuses %s %s', async (name, value) => {
    await expect(trainCommand(`${name}=${value}`)).rejects.toThrow(`${name} is ${value}, expected`);
  });

  it('parses every kind of setting', async () => {
    const { config } = await trainCommand(
      ...['--loss', 'l2', '--side', '128', '--width', '0.5', '--learning-rate', '2e-4', '--seed', '7'],
      ...['--batch-norm', 'running', '--band-low=0', '--dc-weight=0'],
    );
    expect(config).toEqual({
      ...presets.quickLook,
      loss: 'l2',
      side: 128,
      width: 0.5,
      learningRate: 2e-4,
      seed: 7,
      batchNorm: 'running',
      bandLow: 0,
      dcWeight: 0,
    });
  });

  it('parses the losses and weights of the spec, with their settings', async () => {
    const { config } = await trainCommand(
      ...['--loss', 'composite', '--composite-wfdl', '0.001', '--composite-focal-frequency', '0'],
      ...['--weight', 'curve', '--weight-curve', '0:1,1:3', '--ssim-window', '7', '--focal-alpha', '2.5'],
    );
    expect(config).toEqual({
      ...presets.quickLook,
      loss: 'composite',
      compositeWfdl: 0.001,
      compositeFocalFrequency: 0,
      weight: 'curve',
      weightCurve: '0:1,1:3',
      ssimWindow: 7,
      focalAlpha: 2.5,
    });
  });

  it('lets flags override the file, and the file the preset', async () => {
    const file = await fileWith('{"epochs": 3, "seed": 5}');
    const { config } = await trainCommand('--preset', 'paper', '--config', file, '--seed', '9');
    expect(config).toEqual({ ...presets.paper, epochs: 3, seed: 9 });
  });

  it('reproduces the run of a config.json, with any preset', async () => {
    const file = await fileWith(JSON.stringify({ settingsVersion: 4, ...presets.recommended }));
    expect((await trainCommand('--preset', 'paper', '--config', file)).config).toEqual(presets.recommended);
  });

  it('reproduces the run of a config.json of version 1, with flags over it', async () => {
    const file = await fileWith(version1ConfigText());
    const config = { ...version1Config(), ...addedToVersion1 };
    expect((await trainCommand('--config', file)).config).toEqual(config);
    expect((await trainCommand('--config', file, '--schedule', 'cosine')).config).toEqual({
      ...config,
      schedule: 'cosine',
    });
  });

  it('rejects a settings file of a newer version before its settings', async () => {
    const file = await fileWith('{"settingsVersion": 5, "depth": 4}');
    await expect(trainCommand('--config', file)).rejects.toThrow(newerSentence);
  });

  it('uses the sample category in place of a folder', async () => {
    const command = await parseCommand(['--sample', '--out', 'o', '--browser', 'firefox']);
    expect(command).toMatchObject({ dataFolder: undefined, browser: 'firefox', device: 'auto' });
  });

  it('evaluates a model with its own settings, and with given ones', async () => {
    const given = ['--score', 'sum', '--calibration-pooling=0', '--compare-scores'];
    expect(await parseCommand(['--data', 'd', '--out', 'o', '--model', 'm', ...given])).toEqual({
      kind: 'evaluate',
      dataFolder: 'd',
      roles: roleOptions({}),
      category: undefined,
      modelFolder: 'm',
      settings: { score: 'sum', calibrationPooling: 0 },
      browser: 'chromium',
      device: 'auto',
      outFolder: 'o',
      compareScores: true,
    });
  });

  it.each([
    [['--model', 'm', '--epochs', '3'], /--model cannot be combined with --epochs/],
    [['--model', 'm', '--preset', 'paper'], /--model cannot be combined with --preset/],
    [['--model', 'm', '--top-percent', '0'], /The setting topPercent is 0/],
    [['--side', '63'], /The setting side is 63/],
    [['--epochs', 'many'], /The setting epochs is "many"/],
    [['--epochs', ''], /The setting epochs/],
    [['--learning-rate', '0'], /learningRate is 0: must be at least 1e-8/],
    [['--ssim-window', '12'], /The setting ssimWindow is 12: must be odd/],
    [
      ['--weight-curve', '0:0,1:oo'],
      /The setting weightCurve is "0:0,1:oo": the curve has "1:oo" as point 2/,
    ],
    [
      ['--loss', 'composite', '--composite-l2', '0', '--composite-focal-frequency', '0'],
      /no parts: compositeL2, .* are all 0/,
    ],
    [['--side', '32', '--band-low', '23'], /bandLow is 23: must be at most 22\.62/],
    [['--preset', 'fast'], /preset is fast, expected quick-look, recommended, paper/],
    [['--browser', 'safari'], /browser is safari, expected chromium or firefox/],
    [['--epoch', '3'], /Unknown option '--epoch'/],
    [['--sample'], /either --data DIR or --sample/],
    [['--config', '/nowhere/x.json'], /\/nowhere\/x\.json cannot be read/],
    [['--maps', 'large'], /size of --maps is large, expected original or model/],
  ])('rejects %j with a reason', async (args, message) => {
    await expect(trainCommand(...args)).rejects.toThrow(message);
  });

  it.each([
    ['{"epoch": 3}', /The setting epoch/],
    ['[1]', /is not a JSON object/],
    ['{', /is not JSON/],
  ])('rejects the settings file %s', async (content, message) => {
    await expect(trainCommand('--config', await fileWith(content))).rejects.toThrow(message);
  });

  it('requires a data source and a folder for the results', async () => {
    await expect(parseCommand(['--out', 'o'])).rejects.toThrow(/either --data DIR or --sample/);
    await expect(parseCommand(['--sample'])).rejects.toThrow(/--out DIR/);
  });

  it('shows the help, whatever else is given', async () => {
    expect(await parseCommand(['--help'])).toEqual({ kind: 'help' });
  });
});

describe('helpText', () => {
  it('names every flag with its default', () => {
    const text = helpText();
    for (const { flag } of settingFlags) expect(text).toContain(`--${flag} `);
    expect(text).toMatch(/--learning-rate \(1e-8 to 1\) +default 0\.003/);
  });

  it('accepts --baselines without --out, and not with --compare-scores', async () => {
    expect(await parseCommand(['--data', 'd', '--baselines', '--side', '32'])).toEqual({
      kind: 'baselines',
      dataFolder: 'd',
      roles: roleOptions({}),
      category: undefined,
      config: { ...presets.quickLook, side: 32 },
      browser: 'chromium',
      device: 'auto',
      outFolder: undefined,
    });
    expect(await parseCommand(['--sample', '--baselines', '--out', 'o'])).toMatchObject({ outFolder: 'o' });
    await expect(parseCommand(['--sample', '--baselines', '--compare-scores'])).rejects.toThrow(
      /--baselines needs no model/,
    );
  });
});

describe('--race', () => {
  it('makes a contestant of each value', async () => {
    const { config, race } = await trainCommand('--race', 'loss=l2,wfdl', '--side', '64');
    expect(config).toEqual({ ...presets.quickLook, loss: 'l2', side: 64 });
    expect(race).toEqual({
      text: 'loss=l2,wfdl',
      setting: 'loss',
      folders: ['loss-l2', 'loss-wfdl'],
      first: { loss: 'l2' },
      rivals: [{ loss: 'wfdl' }],
    });
    const rates = await trainCommand('--race', 'learning-rate=1e-3,0.01,0.1');
    expect(rates.race?.rivals).toEqual([{ learningRate: 0.01 }, { learningRate: 0.1 }]);
  });

  it.each([
    ['los=l2,wfdl', /--race is los=l2,wfdl, expected a setting and its values/],
    ['loss=l2', /names 1 values, expected 2 to 3/],
    ['loss=l2,ssim,wfdl,frequency', /names 4 values, expected 2 to 3/],
    ['loss=l2,l3', /loss is "l3"/],
    ['width=0.25,2', /width is 2/],
    ['loss=l2,l2', /Contestant 2 of the race has the same settings as contestant 1/],
    ['side=64,128', /side is the same for all contestants/],
    ['weight-curve=0:0,1:1', /cannot list values of weight-curve/],
  ])('refuses %s and names what is wrong', async (value, message) => {
    await expect(trainCommand('--race', value)).rejects.toThrow(message);
  });

  it('cannot be combined with a flag of the same setting, or without training', async () => {
    await expect(trainCommand('--race', 'loss=l2,wfdl', '--loss', 'l2')).rejects.toThrow(
      /combined with --loss/,
    );
    await expect(trainCommand('--race', 'loss=l2,wfdl', '--model', 'm')).rejects.toThrow(
      /remove --baselines and --model/,
    );
    expect(helpText()).toContain('--race SETTING=A,B[,C]');
  });
});

describe('--dry-run', () => {
  it('may write the roles to a file, which is refused without it', async () => {
    expect(await parseCommand(['--data', 'd', '--dry-run', '--mapping', 'm.json'])).toMatchObject({
      kind: 'dry-run',
      mappingFile: 'm.json',
    });
    await expect(parseCommand(['--data', 'd', '--out', 'o', '--mapping', 'm.json'])).rejects.toThrow(
      'give --dry-run with it',
    );
  });
});

describe('--queue', () => {
  const args = ['--data', 'mvtec', '--out', 'out', '--queue', 'loss=l2,wfdl', '--queue', 'seed=0,1'];

  it('repeats a run for all values', async () => {
    const command = await parseCommand(args);
    expect(command).toMatchObject({
      kind: 'queue',
      run: { kind: 'train', outFolder: 'out', race: undefined },
    });
    expect(command.kind === 'queue' && command.queue.axes.map(({ flag }) => flag)).toEqual(['loss', 'seed']);
  });

  it('refuses a value that no setting has, a race, and a model', async () => {
    await expect(parseCommand([...args.slice(0, 4), '--queue', 'loss=l2,l3'])).rejects.toThrow('l3');
    await expect(parseCommand([...args, '--race', 'width=0.25,1'])).rejects.toThrow(
      '--race cannot be combined with --queue',
    );
    await expect(parseCommand([...args, '--model', 'out'])).rejects.toThrow('--queue trains');
  });
});
