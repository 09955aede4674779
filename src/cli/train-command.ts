/** The checked arguments of `npm run train`. */
import { readFile } from 'node:fs/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type MapSize, mapSizes } from '#core/anomaly-maps/map-files.ts';
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import { type DeviceChoice, deviceChoices } from '#core/device.ts';
import { type EvaluationSettings, evaluationSettingNames } from '#core/evaluation-settings.ts';
import { type PresetName, presets } from '#core/presets.ts';
import { contestantConfigs } from '#core/race.ts';
import { migrateSettings, readVersion } from '#core/versions/settings-version.ts';
import { version1Presets } from '#core/versions/version-1-presets.ts';
import { type QueueOption, queueCells, queueOption } from './queue-option.ts';
import { type RaceOption, raceOption } from './race-option.ts';
import { type RoleOptions, roleArguments, roleOptions } from './role-options.ts';
import { settingFlags } from './settings-flags.ts';
import { usageError } from './usage-error.ts';

export const browserNames = ['chromium', 'firefox'] as const;
export type BrowserName = (typeof browserNames)[number];

/** The common part of all runs from a shell. */
interface RunCommand {
  /** Folder of one category or several; undefined for the synthetic sample category. */
  readonly dataFolder: string | undefined;
  /** Which category, if the folder has several. */
  readonly category: string | undefined;
  /** Which of its images are what. */
  readonly roles: RoleOptions;
  readonly browser: BrowserName;
  readonly device: DeviceChoice;
  readonly outFolder: string;
  /** Whether every score, raw and calibrated, is also evaluated. */
  readonly compareScores: boolean;
  /** The size of the anomaly maps to write; undefined for none. */
  readonly maps: MapSize | undefined;
}

/** When a training writes checkpoints: after so many minutes, or so many epochs; 0 is never. */
export interface CheckpointPace {
  readonly everyMinutes: number;
  readonly everyEpochs: number;
}

/** A training run. */
export interface TrainCommand extends RunCommand {
  readonly kind: 'train';
  readonly config: RunConfig;
  /** The race of this run; undefined if it trains alone. */
  readonly race: RaceOption | undefined;
  readonly pace: CheckpointPace;
  /** The checkpoints that it goes on from, one per contestant; undefined for a new run. */
  readonly resumed: readonly string[] | undefined;
}

/** A training run for each category and each combination of settings. */
export interface QueueCommand {
  readonly kind: 'queue';
  /** The settings and the output folder that the runs share. */
  readonly run: TrainCommand;
  readonly queue: QueueOption;
}

/** An evaluation of an exported model, without training. */
export interface EvaluateCommand extends RunCommand {
  readonly kind: 'evaluate';
  /** A folder with `model.json` and `weights.bin`, or a run in one file. */
  readonly modelFolder: string;
  /** Evaluation settings in place of the model's own. */
  readonly settings: Partial<EvaluationSettings>;
}

/** Computes only the baselines of a category, without training. */
export interface BaselinesCommand extends Omit<RunCommand, 'outFolder' | 'compareScores' | 'maps'> {
  readonly kind: 'baselines';
  readonly config: RunConfig;
  /** Undefined if the results are only printed. */
  readonly outFolder: string | undefined;
}

/** Prints the roles of a folder's images, and does nothing else. */
export interface DryRunCommand {
  readonly kind: 'dry-run';
  readonly dataFolder: string;
  readonly category: string | undefined;
  readonly roles: RoleOptions;
  /** The file that gets the roles as JSON; undefined if they are only printed. */
  readonly mappingFile: string | undefined;
}

/** Continues the unfinished run of a folder. */
export interface ResumeCommand {
  readonly kind: 'resume';
  /** The `--out` of that run. */
  readonly outFolder: string;
}

export type Command =
  | TrainCommand
  | EvaluateCommand
  | BaselinesCommand
  | ResumeCommand
  | QueueCommand
  | DryRunCommand
  | { readonly kind: 'help' };

const presetFlags: Readonly<Record<string, PresetName>> = {
  'quick-look': 'quickLook',
  recommended: 'recommended',
  paper: 'paper',
};

/** The values of `--preset`. */
export const presetNames = Object.keys(presetFlags);

const ownOptions = {
  data: { type: 'string' },
  sample: { type: 'boolean' },
  category: { type: 'string' },
  out: { type: 'string' },
  browser: { type: 'string' },
  device: { type: 'string' },
  preset: { type: 'string' },
  config: { type: 'string' },
  model: { type: 'string' },
  'compare-scores': { type: 'boolean' },
  maps: { type: 'string' },
  baselines: { type: 'boolean' },
  race: { type: 'string' },
  queue: { type: 'string', multiple: true },
  resume: { type: 'string' },
  'checkpoint-minutes': { type: 'string' },
  'checkpoint-epochs': { type: 'string' },
  'dry-run': { type: 'boolean' },
  mapping: { type: 'string' },
  ...roleArguments,
  help: { type: 'boolean', short: 'h' },
} as const satisfies NonNullable<ParseArgsConfig['options']>;

const options: NonNullable<ParseArgsConfig['options']> = {
  ...Object.fromEntries(settingFlags.map(({ flag }) => [flag, { type: 'string' } as const])),
  ...ownOptions,
};

type Values = Readonly<Record<string, unknown>>;

const valuesOf = (args: readonly string[]): Values => {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowNegative: true }).values;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const [problem] = message.split(/\. |\n/);
    throw usageError(`${problem?.replace(/\.?$/, '.')}`);
  }
};

const text = (values: Values, name: keyof typeof ownOptions): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

const textsOf = (values: Values, name: keyof typeof ownOptions): readonly string[] => {
  const value = values[name];
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
};

/** The `config.json` of version 1 has no version; a hand-written file lacks some settings. */
const isWholeVersion1 = (settings: object): boolean =>
  Object.keys(version1Presets.paper).every((name) => name in settings);

const settingsOf = (file: string, { settingsVersion, ...settings }: Values): object => {
  if (settingsVersion !== undefined)
    return migrateSettings(settings, readVersion(settingsVersion, `The file ${file}`, 'config-invalid'));
  return isWholeVersion1(settings) ? migrateSettings(settings, 1) : settings;
};

const settingsFromFile = async (file: string): Promise<object> => {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (thrown) {
    throw usageError(
      `The file ${file} cannot be read: ${thrown instanceof Error ? thrown.message : thrown}.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw usageError(`The file ${file} is not JSON.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw usageError(`The file ${file} is not a JSON object of settings.`);
  }
  return settingsOf(file, { ...value });
};

const settingsFromFlags = (values: Values): Record<string, string | number> => {
  const settings: Record<string, string | number> = {};
  for (const { setting, flag, read } of settingFlags) {
    const value = values[flag];
    if (typeof value === 'string') settings[setting] = read(value);
  }
  return settings;
};

const presetOfFlag = (name: string): RunConfig => {
  const preset = presetFlags[name];
  if (!preset) throw usageError(`The preset is ${name}, expected ${presetNames.join(', ')}.`);
  return presets[preset];
};

const oneOf = <T extends string>(what: string, known: readonly T[], name: string): T => {
  const found = known.find((candidate) => candidate === name);
  if (!found) throw usageError(`The ${what} is ${name}, expected ${known.join(' or ')}.`);
  return found;
};

/**
 * Returns the evaluation settings that the flags set. All other settings are fixed by the model.
 * @throws ResiduaError `config-invalid` if a flag is not an evaluation setting, or its value is invalid
 */
const settingsForModel = (values: Values): Partial<EvaluationSettings> => {
  const settings = settingsFromFlags(values);
  const trained = settingFlags.find(
    ({ setting }) => setting in settings && !evaluationSettingNames.some((name) => name === setting),
  );
  const other = trained?.flag ?? ['preset', 'config'].find((name) => values[name] !== undefined);
  if (other) {
    throw usageError(`--model cannot be combined with --${other}: the model is not trained again.`);
  }
  // The other settings of the checked config come from a preset and are dropped.
  const config = parseRunConfig({ ...presets.quickLook, ...settings });
  const given = evaluationSettingNames.filter((name) => name in settings);
  return Object.fromEntries(given.map((name) => [name, config[name]]));
};

/** Flags take precedence over the file of `--config`, and the file over the preset. */
const configOf = async (values: Values): Promise<RunConfig> => {
  const file = text(values, 'config');
  return parseRunConfig({
    ...presetOfFlag(text(values, 'preset') ?? 'quick-look'),
    ...(file === undefined ? {} : await settingsFromFile(file)),
    ...settingsFromFlags(values),
  });
};

const resumeOf = (values: Values, outFolder: string): ResumeCommand => {
  const other = Object.keys(values).find((name) => name !== 'resume');
  if (other) throw usageError(`--resume cannot be combined with --${other}: the run keeps its settings.`);
  return { kind: 'resume', outFolder };
};

/** Often enough that little is lost, and rare enough to cost nothing. */
const defaultMinutes = 5;

const paceOf = (values: Values): CheckpointPace => {
  const number = (name: 'checkpoint-minutes' | 'checkpoint-epochs', byDefault: number): number => {
    const given = text(values, name);
    const value = given === undefined ? byDefault : Number(given);
    if (given?.trim() === '' || !Number.isFinite(value) || value < 0)
      throw usageError(`--${name} is ${given}, expected a number of at least 0.`);
    return value;
  };
  const everyEpochs = number('checkpoint-epochs', 0);
  if (!Number.isInteger(everyEpochs))
    throw usageError(`--checkpoint-epochs is ${everyEpochs}, expected a whole number.`);
  return { everyMinutes: number('checkpoint-minutes', defaultMinutes), everyEpochs };
};

const rolesOf = (values: Values, dataFolder: string | undefined): RoleOptions => {
  const given = Object.keys(roleArguments).find((name) => values[name] !== undefined);
  if (given && dataFolder === undefined)
    throw usageError(`--${given} is about the images of a folder: give --data DIR.`);
  return roleOptions(values);
};

/**
 * Parses the arguments of `npm run train`. Flags override the file of `--config`, which overrides the preset. A complete
 * file of an older version reproduces its run.
 * @throws ResiduaError `config-invalid`, naming the invalid argument or setting and the expectation
 */
export const parseCommand = async (args: readonly string[]): Promise<Command> => {
  const values = valuesOf(args);
  if (values['help']) return { kind: 'help' };
  const resumed = text(values, 'resume');
  if (resumed !== undefined) return resumeOf(values, resumed);
  const dataFolder = text(values, 'data');
  if ((dataFolder !== undefined) === (values['sample'] === true)) {
    throw usageError('Give either --data DIR or --sample.');
  }
  const roles = rolesOf(values, dataFolder);
  const category = text(values, 'category');
  if (values['dry-run'] === true) {
    if (dataFolder === undefined)
      throw usageError('--dry-run prints the roles of a folder: give --data DIR.');
    return { kind: 'dry-run', dataFolder, category, roles, mappingFile: text(values, 'mapping') };
  }
  if (values['mapping'] !== undefined)
    throw usageError('--mapping writes the roles of a folder to a file: give --dry-run with it.');
  const outFolder = text(values, 'out');
  const shared = {
    ...{ dataFolder, category, roles },
    browser: oneOf('browser', browserNames, text(values, 'browser') ?? 'chromium'),
    device: oneOf('device', deviceChoices, text(values, 'device') ?? 'auto'),
  };
  const compareScores = values['compare-scores'] === true;
  const wantedMaps = text(values, 'maps');
  const maps = wantedMaps === undefined ? undefined : oneOf('size of --maps', mapSizes, wantedMaps);
  const modelFolder = text(values, 'model');
  const severalRuns = (['race', 'queue'] as const).filter((name) => values[name] !== undefined);
  if (severalRuns.length > 1) throw usageError('--race cannot be combined with --queue.');
  if (severalRuns.length > 0 && (values['baselines'] === true || modelFolder !== undefined)) {
    throw usageError(`--${severalRuns[0]} trains: remove --baselines and --model.`);
  }
  if (values['baselines'] === true) {
    if (compareScores || maps || modelFolder !== undefined) {
      throw usageError('--baselines needs no model: remove --compare-scores, --maps and --model.');
    }
    return { kind: 'baselines', ...shared, outFolder, config: await configOf(values) };
  }
  if (!outFolder) throw usageError('Give --out DIR, the folder for the results.');
  if (modelFolder !== undefined) {
    return {
      kind: 'evaluate',
      ...shared,
      outFolder,
      compareScores,
      maps,
      modelFolder,
      settings: settingsForModel(values),
    };
  }
  const race = raceOption(text(values, 'race'), values);
  const config = parseRunConfig({ ...(await configOf(values)), ...race?.first });
  if (race) contestantConfigs(config, race.rivals);
  const pace = paceOf(values);
  const run: TrainCommand = {
    kind: 'train',
    ...shared,
    ...{ outFolder, compareScores, maps, config, race, pace },
    resumed: undefined,
  };
  const queue = queueOption(textsOf(values, 'queue'), values);
  if (!queue) return run;
  // Wrong values are reported before the first run.
  for (const { settings } of queueCells(queue, [undefined])) parseRunConfig({ ...config, ...settings });
  return { kind: 'queue', run, queue };
};
