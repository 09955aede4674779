/** What the page knows of Table II: the planned runs, the settings they share, and which categories are at hand. */
import type { RunConfig } from '#core/config.ts';
import type { Category, SkippedFile } from '#core/dataset.ts';
import type { PlainError } from '#core/errors.ts';
import { sameBase } from '#core/table/plan-queue.ts';
import type { QueueEntry } from '#core/table/queue-entry.ts';
import type { DatasetState } from '../dataset/state.ts';
import type { RunState } from '../run/state.ts';

export interface TableState {
  /** `pausing`: what is under way is being stopped. */
  readonly phase: 'idle' | 'running' | 'pausing';
  /** The settings of the page as they were when the table was planned; undefined where nothing is planned. */
  readonly base: RunConfig | undefined;
  /** In the order in which they are run. */
  readonly entries: readonly QueueEntry[];
  /** Categories whose files are at hand: those of this visit's drops, by name. */
  readonly available: readonly Category[];
  /** Files and categories of the last drop that could not be taken. */
  readonly skippedFiles: readonly SkippedFile[];
  /** When the entry under way began, on the clock of `performance.now`; undefined where there is none. */
  readonly startedAtMs: number | undefined;
  /** What the user should know: the table could not be kept, or what was kept could not be read. */
  readonly notice: PlainError | undefined;
}

export const initialTable: TableState = {
  phase: 'idle',
  base: undefined,
  entries: [],
  available: [],
  skippedFiles: [],
  startedAtMs: undefined,
  notice: undefined,
};

/** The files of an entry: an available category of its name and number of images. */
export const filesOf = (
  { available }: Pick<TableState, 'available'>,
  { category, imageCount }: Pick<QueueEntry, 'category' | 'imageCount'>,
): Category | undefined =>
  available.find(({ name, samples }) => name === category && samples.length === imageCount);

/** The entry that is run next: the first that waits and whose files are at hand. */
export const nextEntry = (table: TableState): QueueEntry | undefined =>
  table.entries.find((entry) => entry.outcome.state === 'waiting' && filesOf(table, entry) !== undefined);

/** A category that entries wait for. */
export interface MissingCategory {
  readonly name: string;
  /** Images that it had when it was planned. */
  readonly imageCount: number;
  /** Images of the category of this name that is at hand; undefined where none is. */
  readonly availableCount: number | undefined;
}

/** Categories of waiting entries whose files are not at hand, in the table's order. */
export const missingCategories = (
  table: Pick<TableState, 'entries' | 'available'>,
): readonly MissingCategory[] => {
  const missing = new Map<string, MissingCategory>();
  for (const entry of table.entries) {
    if (entry.outcome.state !== 'waiting' || filesOf(table, entry)) continue;
    const { category: name, imageCount } = entry;
    const availableCount = table.available.find((category) => category.name === name)?.samples.length;
    missing.set(name, { name, imageCount, availableCount });
  }
  return [...missing.values()];
};

/** The entry under way. */
export const runningEntry = ({ entries }: Pick<TableState, 'entries'>): QueueEntry | undefined =>
  entries.find(({ outcome }) => outcome.state === 'running');

/** Whether the run that exists is one of the table's: its AUROC is in the table, so that its weights may go. */
export const isQueueRun = ({
  table,
  run,
  dataset,
}: {
  readonly table: TableState;
  readonly run: RunState;
  readonly dataset: DatasetState;
}): boolean =>
  table.entries.some(
    ({ category, config }) =>
      category === dataset.loaded?.category.name &&
      run.configured?.loss === config.loss &&
      run.configured.seed === config.seed &&
      sameBase(run.configured, config),
  );
