/** A queue of runs from a shell, one after the other: finished ones are kept, an unfinished one is resumed. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import { describeIssue } from '#core/describe-issue.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { migrateSettings, readVersion } from '#core/versions/settings-version.ts';
import { type QueueCell, type QueueOption, queueCells } from './queue-option.ts';
import {
  type QueueRow,
  queueCsv,
  queueMarkdown,
  type TableMetrics,
  tableMetricsSchema,
} from './queue-table.ts';
import { resumeCommand, resumeFileName } from './resume-file.ts';
import type { TrainCommand } from './train-command.ts';
import { usageError } from './usage-error.ts';
import { prepareFolder, writeResults } from './write-results.ts';

const readJson = async (location: string): Promise<unknown> => {
  const text = await readFile(location, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw usageError(`The file ${location} is not JSON. Delete it to train its run again.`);
  }
};

const exists = async (location: string): Promise<boolean> =>
  stat(location).then(
    () => true,
    () => false,
  );

const metricsOf = async (folder: string): Promise<TableMetrics> => {
  const location = join(folder, 'metrics.json');
  const result = v.safeParse(tableMetricsSchema, await readJson(location));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw usageError(
    `In the file ${location}, ${v.getDotPath(issue) ?? 'the content'} ${describeIssue(issue)}. Delete it to train its run again.`,
  );
};

/** Checks that the settings of results or of a checkpoint in a folder are those of the queue. */
const requireSame = (location: string, found: RunConfig, wanted: RunConfig): void => {
  const other = (Object.keys(wanted) as (keyof RunConfig)[]).find((name) => found[name] !== wanted[name]);
  if (!other) return;
  throw new ResiduaError(
    'config-invalid',
    `${location} is of a run with ${other} ${found[other]}, and the queue wants ${wanted[other]}.`,
    'Give another --out, or the settings of the earlier queue.',
  );
};

const finishedConfig = async (folder: string): Promise<RunConfig> => {
  const location = join(folder, 'config.json');
  const { settingsVersion, ...settings } = Object(await readJson(location)) as Readonly<
    Record<string, unknown>
  >;
  const version = readVersion(settingsVersion, `The file ${location}`, 'config-invalid');
  return parseRunConfig(migrateSettings(settings, version));
};

/** The work that a queue needs from outside. */
export interface QueueParts {
  /** Trains one run and writes its results. */
  readonly train: (command: TrainCommand) => Promise<void>;
  readonly isInterrupted: () => boolean;
  readonly print: (line: string) => void;
}

/** The state of a cell's folder, checked against the settings of the queue. */
const commandOf = async (cellCommand: TrainCommand): Promise<TrainCommand | undefined> => {
  const { outFolder, config } = cellCommand;
  if (await exists(join(outFolder, 'metrics.json'))) {
    requireSame(join(outFolder, 'metrics.json'), await finishedConfig(outFolder), config);
    return undefined;
  }
  if (!(await exists(join(outFolder, resumeFileName)))) return cellCommand;
  const resumed = await resumeCommand(outFolder);
  requireSame(join(outFolder, resumeFileName), resumed.config, config);
  return resumed;
};

/**
 * Trains the runs of a queue, and writes `table.csv` and `table.md` after each. A run that fails does not end the queue.
 * @param categories undefined entries are the sample category
 * @returns the runs that have ended, with metrics or with the reason of their failure
 * @throws ResiduaError `config-invalid` if a folder has a run with other settings; no run has started then
 */
export const performQueue = async (
  command: TrainCommand,
  queue: QueueOption,
  categories: readonly (string | undefined)[],
  { train, isInterrupted, print }: QueueParts,
): Promise<readonly QueueRow[]> => {
  const cells: readonly QueueCell[] = queueCells(queue, categories);
  const commands = cells.map(({ category, settings, folder }) => ({
    ...command,
    category,
    config: parseRunConfig({ ...command.config, ...settings }),
    outFolder: join(command.outFolder, folder),
  }));
  for (const one of commands) await commandOf(one);
  await prepareFolder(command.outFolder);
  const rows: QueueRow[] = [];
  for (const [place, cell] of cells.entries()) {
    const own = commands[place];
    if (!own || isInterrupted()) break;
    const name = `${place + 1} of ${cells.length}: ${cell.folder}`;
    try {
      const toTrain = await commandOf(own);
      print(`${name}${toTrain ? (toTrain.resumed ? ', resumed' : '') : ', finished before'}`);
      if (toTrain) await train(toTrain);
      if (isInterrupted()) break;
      rows.push({ cell, metrics: await metricsOf(own.outFolder) });
    } catch (thrown) {
      if (isInterrupted()) break;
      const problem = asResiduaError(thrown).message;
      print(problem);
      rows.push({ cell, metrics: undefined, problem });
    }
    await writeResults(
      command.outFolder,
      new Map([
        ['table.csv', queueCsv(queue, rows)],
        ['table.md', queueMarkdown(queue, rows)],
      ]),
    );
  }
  return rows;
};
