/** `resume.json` beside the checkpoints of a run: the arguments with which `--resume` continues it. */
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { mapSizes } from '#core/anomaly-maps/map-files.ts';
import { checkpointFileName } from '#core/checkpoint/checkpoint-file.ts';
import { runConfigSchema } from '#core/config.ts';
import { describeIssue } from '#core/describe-issue.ts';
import { deviceChoices } from '#core/device.ts';
import { ResiduaError } from '#core/errors.ts';
import { migrateSettings, readVersion, settingsVersion } from '#core/versions/settings-version.ts';
import { raceOption } from './race-option.ts';
import { roleOptionsSchema } from './role-options.ts';
import { browserNames, type TrainCommand } from './train-command.ts';
import { usageError } from './usage-error.ts';

/** Name of the file in the output folder. */
export const resumeFileName = 'resume.json';

const schema = v.object({
  settingsVersion: v.literal(settingsVersion),
  config: runConfigSchema,
  /** Absolute; null is the sample category. */
  dataFolder: v.nullable(v.string()),
  category: v.nullable(v.string()),
  roles: v.optional(roleOptionsSchema, {}),
  browser: v.picklist(browserNames),
  device: v.picklist(deviceChoices),
  compareScores: v.boolean(),
  /** The size of `--maps`; null for none, absent in older files. */
  maps: v.optional(v.nullable(v.picklist(mapSizes)), null),
  /** The text of `--race`; null for a run alone. */
  race: v.nullable(v.string()),
  checkpointMinutes: v.pipe(v.number(), v.minValue(0)),
  checkpointEpochs: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** The content of the file. */
export const resumeText = (command: TrainCommand): string => {
  const { config, dataFolder, category, roles, browser, device, compareScores, maps, race, pace } = command;
  const content: v.InferOutput<typeof schema> = {
    settingsVersion,
    config,
    dataFolder: dataFolder === undefined ? null : resolve(dataFolder),
    category: category ?? null,
    roles,
    browser,
    device,
    compareScores,
    maps: maps ?? null,
    race: race?.text ?? null,
    checkpointMinutes: pace.everyMinutes,
    checkpointEpochs: pace.everyEpochs,
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
};

/** The files of the checkpoints of a command's contestants, the first one's first. */
export const checkpointFiles = ({
  outFolder,
  race,
}: Pick<TrainCommand, 'outFolder' | 'race'>): readonly string[] =>
  (race?.folders ?? ['']).map((folder) => join(outFolder, folder, checkpointFileName));

/**
 * Checks that a new run does not overwrite the checkpoints of an unfinished one.
 * @throws ResiduaError `config-invalid`
 */
export const requireNoUnfinishedRun = async (outFolder: string): Promise<void> => {
  const found = await stat(join(outFolder, resumeFileName)).catch(() => undefined);
  if (!found) return;
  throw new ResiduaError(
    'config-invalid',
    `The folder ${outFolder} has the checkpoint of an unfinished run.`,
    `Resume it with --resume ${outFolder}, give another --out, or delete ${resumeFileName} there.`,
  );
};

const parsed = (location: string, text: string): v.InferOutput<typeof schema> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw usageError(`The file ${location} is not JSON.`);
  }
  const { settingsVersion: version, config, ...rest } = Object(value) as Readonly<Record<string, unknown>>;
  const found = readVersion(version, `The file ${location}`, 'config-invalid');
  const migrated = { ...rest, settingsVersion, config: migrateSettings(config, found) };
  const result = v.safeParse(schema, migrated);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw usageError(
    `In the file ${location}, ${v.getDotPath(issue) ?? 'the content'} ${describeIssue(issue)}.`,
  );
};

/**
 * Returns the command that continues the run in a folder.
 * @throws ResiduaError `config-invalid` if the folder has no unfinished run, or its `resume.json` is damaged
 */
export const resumeCommand = async (outFolder: string): Promise<TrainCommand> => {
  const location = join(outFolder, resumeFileName);
  const text = await readFile(location, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw usageError(`The folder ${outFolder} has no unfinished run: it has no file ${resumeFileName}.`);
  }
  const {
    race,
    dataFolder,
    category,
    maps,
    checkpointMinutes,
    checkpointEpochs,
    settingsVersion: _,
    ...rest
  } = parsed(location, text);
  const command = {
    kind: 'train',
    ...rest,
    dataFolder: dataFolder ?? undefined,
    category: category ?? undefined,
    maps: maps ?? undefined,
    outFolder,
    race: raceOption(race ?? undefined, {}),
    pace: { everyMinutes: checkpointMinutes, everyEpochs: checkpointEpochs },
  } as const;
  return { ...command, resumed: checkpointFiles(command) };
};
