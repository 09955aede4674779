/** Table II: the planned runs, their common settings and the available categories. */
import type { RunConfig } from '#core/config.ts';
import type { Category, SkippedFile } from '#core/dataset.ts';
import type { PlainError } from '#core/errors.ts';
import { sameBase } from '#core/table/plan-queue.ts';
import type { QueueEntry } from '#core/table/queue-entry.ts';
import type { DatasetState } from '../dataset/state.ts';
import type { RunState } from '../run/state.ts';

export interface TableState {
  /** `pausing` until the present step ends. */
  readonly phase: 'idle' | 'running' | 'pausing';
  /** The settings of the page when the table was planned; undefined without a plan. */
  readonly base: RunConfig | undefined;
  /** In the order of execution. */
  readonly entries: readonly QueueEntry[];
  /** Categories with files: those dropped during this visit. */
  readonly available: readonly Category[];
  /** Skipped files and categories of the last drop. */
  readonly skippedFiles: readonly SkippedFile[];
  /** Start of the running entry, on the clock of `performance.now`; undefined if none runs. */
  readonly startedAtMs: number | undefined;
  /** A message to the user: the table could not be stored or read. */
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

/** Returns the files of an entry: the available category with its name and number of images. */
export const filesOf = (
  { available }: Pick<TableState, 'available'>,
  { category, imageCount }: Pick<QueueEntry, 'category' | 'imageCount'>,
): Category | undefined =>
  available.find(({ name, samples }) => name === category && samples.length === imageCount);

/** Returns the next entry: the first waiting entry that has files. */
export const nextEntry = (table: TableState): QueueEntry | undefined =>
  table.entries.find((entry) => entry.outcome.state === 'waiting' && filesOf(table, entry) !== undefined);

/** A category whose files are missing and needed by waiting entries. */
export interface MissingCategory {
  readonly name: string;
  /** Images of the category when it was planned. */
  readonly imageCount: number;
  /** Images of the available category with this name; undefined if there is none. */
  readonly availableCount: number | undefined;
}

/** Returns the categories of waiting entries without files, in the table's order. */
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

/** Returns the running entry. */
export const runningEntry = ({ entries }: Pick<TableState, 'entries'>): QueueEntry | undefined =>
  entries.find(({ outcome }) => outcome.state === 'running');

/** Whether the present run belongs to the table: its AUROC is in the table, so its weights may be dropped. */
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
