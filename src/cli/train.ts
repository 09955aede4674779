/** `npm run train`: trains or evaluates a model with the built app in a headless browser, and writes the results to a folder. */
import { join } from 'node:path';
import { asJson } from '#core/bundle/text-parts.ts';
import { asResiduaError } from '#core/errors.ts';
import { imagesUsed, imagesUsedInWords } from '#core/images-used.ts';
import { mappingLines } from '#core/layout/mapping-text.ts';
import { baselineLines, differenceText } from './baseline-table.ts';
import { baselinesInPage } from './baselines-in-page.ts';
import { type BrowserPage, openPage } from './browser-page.ts';
import { ensureBuilt, type ServedApp, serveApp, undrawn } from './built-app.ts';
import { CheckpointKeeper, checkpointNames } from './checkpoint-keeper.ts';
import { chosenMappings } from './chosen-mappings.ts';
import { comparisonTable } from './comparison-table.ts';
import { listDataFiles } from './data-files.ts';
import { createFileExchange, type FileExchange } from './file-exchange.ts';
import { helpText } from './help-text.ts';
import { modelFiles } from './model-files.ts';
import { durationInWords, ProgressLine } from './progress-line.ts';
import { performQueue } from './queue.ts';
import { queueMarkdown } from './queue-table.ts';
import type { RaceOption } from './race-option.ts';
import { raceJson, raceLines } from './race-text.ts';
import { requireNoUnfinishedRun, resumeCommand } from './resume-file.ts';
import { thresholdText } from './threshold-text.ts';
import {
  type BaselinesCommand,
  type DryRunCommand,
  type EvaluateCommand,
  parseCommand,
  type QueueCommand,
  type TrainCommand,
} from './train-command.ts';
import {
  bundleName,
  mapsName,
  type ResumedPlace,
  raceInPage,
  runInPage,
  type TrainingFollowers,
} from './train-in-page.ts';
import { usageError } from './usage-error.ts';
import { writeMapping } from './write-mapping.ts';
import { prepareFolder, writeResults, writeRun } from './write-results.ts';

let server: ServedApp | undefined;
let page: BrowserPage | undefined;
let keeper: CheckpointKeeper | undefined;
let interrupted = false;

const closeAll = async (): Promise<void> => {
  const closing = [page?.close(), server?.close()];
  page = undefined;
  server = undefined;
  await Promise.allSettled(closing);
};

const print = (lines: readonly string[]): void => {
  for (const line of lines) console.log(line);
};

/** Opens the page and makes the command's data available to it. */
const open = async (command: TrainCommand | EvaluateCommand | BaselinesCommand) => {
  const { dataFolder, outFolder, browser } = command;
  const files = dataFolder === undefined ? undefined : await listDataFiles(dataFolder);
  // Wrong roles are reported before the app is built.
  if (files) await chosenMappings(files, command.category, command.roles);
  const model = command.kind === 'evaluate' ? await modelFiles(command.modelFolder) : [];
  const checkpoints = command.kind === 'train' ? (command.resumed ?? []) : [];
  if (command.kind === 'train' && !command.resumed) await requireNoUnfinishedRun(command.outFolder);
  if (outFolder !== undefined) await prepareFolder(outFolder);
  await ensureBuilt();
  const locations = [...(files?.map(({ location }) => location) ?? []), ...model, ...checkpoints];
  const exchange = createFileExchange(locations, [bundleName, mapsName, ...checkpointNames]);
  server = await serveApp(0, [exchange.plugin]);
  page = await openPage(browser, undrawn(server.url));
  return { page, exchange, files };
};

const resumedText = ({ epoch, step, exact }: ResumedPlace): string =>
  `Resumed at epoch ${epoch}, step ${step}.${
    exact ? '' : ' This device gives other last bits than the one that wrote the checkpoint.'
  }`;

const followersOf = (
  opened: { readonly page: BrowserPage; readonly exchange: FileExchange },
  command: TrainCommand | EvaluateCommand,
): TrainingFollowers => {
  if (command.kind === 'train')
    keeper = new CheckpointKeeper(opened.page, opened.exchange, command, (problem) =>
      console.error(`No checkpoint was saved. ${problem}`),
    );
  return {
    line: new ProgressLine(process.stdout),
    keeper,
    onBaselines: (baselines) => print([...baselineLines(baselines), '']),
    onResumed: (place) => console.log(resumedText(place)),
  };
};

const reportBaselines = async (command: BaselinesCommand): Promise<void> => {
  const { page, exchange, files } = await open(command);
  const { lines, files: results } = await baselinesInPage(page, exchange, files, command);
  print(lines);
  if (command.outFolder === undefined) return;
  await writeResults(command.outFolder, results);
  console.log(`Results are in ${command.outFolder}.`);
};

/** The results are complete, so nothing is left to resume. */
const leaveCheckpoints = async (): Promise<void> => {
  if (!interrupted) await keeper?.remove();
};

const perform = async (command: TrainCommand | EvaluateCommand): Promise<void> => {
  const { page, exchange, files } = await open(command);
  const run = await runInPage(page, exchange, files, command, followersOf({ page, exchange }, command));
  await writeRun(command.outFolder, run);
  await leaveCheckpoints();
  if (run.comparison) console.log(comparisonTable(run.comparison));
  for (const notice of run.snapshot.notices) console.log(notice);
  const auroc = run.snapshot.evaluations.at(-1)?.imageAuroc;
  const beside = differenceText(run.baselines.difference);
  const result = auroc?.defined
    ? `Image AUROC ${auroc.value.toFixed(4)}${beside && `, ${beside}`}`
    : `No image AUROC: ${auroc?.reason ?? 'nothing was evaluated.'}`;
  console.log(`${imagesUsedInWords(imagesUsed(run.snapshot.samples, run.snapshot.config))}.`);
  console.log(thresholdText(run.threshold));
  const work = command.kind === 'train' ? 'trained' : 'evaluated';
  console.log(
    `${result}, ${work} in ${durationInWords(run.circumstances.workMs ?? 0)}. Results are in ${command.outFolder}.`,
  );
};

const performRace = async (command: TrainCommand & { readonly race: RaceOption }): Promise<void> => {
  const { page, exchange, files } = await open(command);
  const { outFolder, race } = command;
  const finished = await raceInPage(page, exchange, files, command, followersOf({ page, exchange }, command));
  for (const [place, run] of finished.runs.entries()) {
    const folder = join(outFolder, race.folders[place] ?? String(place));
    if (!run) continue;
    await prepareFolder(folder);
    await writeRun(folder, run);
    if (run.comparison) print([race.folders[place] ?? '', comparisonTable(run.comparison)]);
  }
  await writeResults(outFolder, new Map([['race.json', asJson(raceJson(race, finished))]]));
  await leaveCheckpoints();
  print(raceLines(race, finished.result));
  console.log(`Raced in ${durationInWords(finished.raceMs)}. Results are in ${outFolder}.`);
};

const messageOf = (thrown: unknown): string => asResiduaError(thrown).message;

/** Saves a checkpoint of the training, and says how to go on from it. */
const saveAndExplain = async (training: CheckpointKeeper): Promise<void> => {
  console.log('\nSaving a checkpoint. Press Ctrl-C again to leave without it.');
  try {
    const { epoch, step } = await training.keep();
    console.log(`Saved a checkpoint at epoch ${epoch}, step ${step}.`);
  } catch (thrown) {
    console.error(`No checkpoint was saved. ${messageOf(thrown)}`);
  }
  if (training.hasKept) console.log(`Resume with: npm run train -- --resume ${training.outFolder}`);
};

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  const leave = (): void => void closeAll().finally(() => process.exit(exitCode));
  process.once(signal, () => {
    interrupted = true;
    process.once(signal, leave);
    if (keeper) void saveAndExplain(keeper).finally(leave);
    else leave();
  });
}

const printRoles = async (command: DryRunCommand): Promise<void> => {
  const { dataFolder, category, roles, mappingFile } = command;
  const { mappings } = await chosenMappings(await listDataFiles(dataFolder), category, roles);
  for (const mapping of mappings) print(mappingLines(mapping));
  if (mappings.length === 0)
    console.log(`No images were found in ${dataFolder}${category === undefined ? '' : ` for ${category}`}.`);
  else if (mappingFile !== undefined) {
    await writeMapping(mappingFile, mappings);
    console.log(`The roles are in ${mappingFile}.`);
  }
};

const performTraining = (command: TrainCommand): Promise<void> =>
  command.race ? performRace({ ...command, race: command.race }) : perform(command);

/** The categories of a queue: the named ones, or all of the data folder. */
const queueCategories = async ({
  run: { dataFolder, category, roles },
  queue,
}: QueueCommand): Promise<readonly (string | undefined)[]> => {
  if (dataFolder === undefined) return [undefined];
  const { mappings } = await chosenMappings(await listDataFiles(dataFolder), category, roles);
  const names = mappings.map(({ name }) => name);
  const missing = (queue.categories ?? []).find((wanted) => !names.includes(wanted));
  if (missing !== undefined || names.length === 0)
    throw usageError(
      `${missing ?? category ?? 'No category'} is not in ${dataFolder}, which has ${names.join(', ') || 'no images'}.`,
    );
  return queue.categories ?? names;
};

const trainQueue = async (command: QueueCommand): Promise<void> => {
  const { run, queue } = command;
  const rows = await performQueue(run, queue, await queueCategories(command), {
    train: async (one) => {
      try {
        await performTraining(one);
      } finally {
        if (!interrupted) {
          keeper = undefined;
          await closeAll();
        }
      }
    },
    isInterrupted: () => interrupted,
    print: (text) => console.log(text),
  });
  if (interrupted) return;
  console.log(`\n${queueMarkdown(queue, rows)}\nThe table is in ${run.outFolder}.`);
  if (rows.some(({ metrics }) => metrics === undefined)) process.exitCode = 1;
};

try {
  const command = await parseCommand(process.argv.slice(2));
  if (command.kind === 'help') console.log(helpText());
  else if (command.kind === 'dry-run') await printRoles(command);
  else if (command.kind === 'baselines') await reportBaselines(command);
  else if (command.kind === 'resume') await performTraining(await resumeCommand(command.outFolder));
  else if (command.kind === 'queue') await trainQueue(command);
  else if (command.kind === 'train') await performTraining(command);
  else await perform(command);
} catch (thrown) {
  // Pending calls fail when the browser is closed; after Ctrl-C that is expected.
  if (!interrupted) console.error(messageOf(thrown));
  process.exitCode = 1;
} finally {
  if (!interrupted) await closeAll();
}
