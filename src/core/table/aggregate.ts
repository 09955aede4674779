/** Aggregates the runs of a queue into the cells, rows and means of the table. */

import type { LossName } from '../config.ts';
import { configDifferences, paperAssumptions } from '../paper-differences/config-differences.ts';
import { type PaperComparison, paperDifferences } from '../paper-differences/paper-differences.ts';
import { aurocDecimals } from './auroc-decimals.ts';
import {
  type CellFigure,
  type CellInterval,
  differenceOf,
  meanOf,
  meanOfAll,
  referenceOf,
  type TableReferences,
} from './cell-figure.ts';
import { inPaperOrder, paperAuroc, tableLosses } from './paper-table.ts';
import type { EntryResult, QueueEntry } from './queue-entry.ts';

/** Progress of a cell; `complete` means that every planned seed has a value. */
export type CellStatus = 'not-planned' | 'waiting' | 'running' | 'incomplete' | 'complete';

/** Why a seed has no value: its run failed, was skipped, or has an undefined AUROC. */
export type CellProblem = 'failed' | 'skipped' | 'undefined';

/** A category's runs with one loss; `differences` includes those of any run from the paper's experiment. */
export interface TableCell extends PaperComparison {
  readonly loss: LossName;
  readonly status: CellStatus;
  readonly seedsPlanned: number;
  /** Seeds with a value. */
  readonly seedsMeasured: number;
  /** Mean image AUROC of the seeds measured so far; undefined if there is none. */
  readonly mean: number | undefined;
  readonly interval: CellInterval | undefined;
  /** The problem of the first finished seed without a value. */
  readonly problem: CellProblem | undefined;
  /** Why seeds have no value, with the seed if there are several; and why a value has no interval. */
  readonly reasons: readonly string[];
  readonly paper: number | undefined;
  /** `mean - paper`. */
  readonly difference: number | undefined;
  /** `mean` minus the AUROC of the variation model on the same images; undefined if no seed reported it. */
  readonly toVariationModel: CellFigure | undefined;
  /** Highest of at least two complete cells in the row, to three decimals; ties are all best. */
  readonly best: boolean;
  /** The same for the paper's value among the paper's values in the row. */
  readonly paperBest: boolean;
}

export interface TableRow {
  readonly category: string;
  readonly cells: readonly TableCell[];
  readonly references: TableReferences;
  /** Whether every cell is complete; only complete rows count in the means. */
  readonly complete: boolean;
}

/** A loss's mean over the complete rows. */
export interface MeanCell {
  readonly loss: LossName;
  readonly mean: number | undefined;
  /** The paper's mean over its own categories among the complete rows. */
  readonly paper: number | undefined;
  /** Mean difference over the same rows. */
  readonly difference: number | undefined;
  readonly best: boolean;
  readonly paperBest: boolean;
}

/** A table, ready to display or write. */
export interface ResultTable {
  /** The columns, in the order of `tableLosses`. */
  readonly losses: readonly LossName[];
  /** In the paper's order. */
  readonly rows: readonly TableRow[];
  readonly means: readonly MeanCell[];
  /** Means of the references over the complete rows, if all of these have one. */
  readonly referenceMeans: TableReferences<number>;
  /** Whether any row has references; otherwise the table has no columns for them. */
  readonly hasReferences: boolean;
  /** Number of rows in the means, and how many of these the paper has. */
  readonly completeRows: number;
  readonly completePaperRows: number;
}

/** Marks the highest of a row's values; none if there are fewer than two. */
export const flagBest = (values: readonly (number | undefined)[]): readonly boolean[] => {
  const shown = values.map((value) => (value === undefined ? undefined : value.toFixed(aurocDecimals)));
  const numbers = shown.flatMap((value) => (value === undefined ? [] : [Number(value)]));
  if (numbers.length < 2) return values.map(() => false);
  const highest = Math.max(...numbers);
  return shown.map((value) => value !== undefined && Number(value) === highest);
};

const problemOf = ({ outcome }: QueueEntry): CellProblem | undefined => {
  if (outcome.state === 'failed' || outcome.state === 'skipped') return outcome.state;
  return outcome.state === 'done' && !outcome.result.imageAuroc.defined ? 'undefined' : undefined;
};

const reasonOf = ({ outcome }: QueueEntry): string | undefined => {
  if (outcome.state === 'failed') return outcome.error.problem;
  if (outcome.state === 'skipped') return outcome.reason;
  if (outcome.state !== 'done') return undefined;
  const { imageAuroc } = outcome.result;
  return imageAuroc.defined ? undefined : imageAuroc.reason;
};

const resultOf = ({ outcome }: QueueEntry): EntryResult | undefined =>
  outcome.state === 'done' ? outcome.result : undefined;

/** For an unfinished run, only the differences in its settings are known. */
const differencesOf = ({ config, outcome }: QueueEntry): readonly string[] =>
  outcome.state === 'done'
    ? paperDifferences({ config, microBatch: outcome.result.microBatch, data: outcome.result.data })
    : configDifferences(config);

const unique = (sentences: readonly string[]): readonly string[] => [...new Set(sentences)];

const intervalOf = (
  results: readonly EntryResult[],
  values: readonly number[],
): Pick<TableCell, 'interval'> & { readonly reason?: string | undefined } => {
  if (values.length === 0) return { interval: undefined };
  if (values.length > 1) {
    return { interval: { kind: 'range', lower: Math.min(...values), upper: Math.max(...values) } };
  }
  const interval = results.find(({ imageAuroc }) => imageAuroc.defined)?.interval;
  if (!interval?.defined) return { interval: undefined, reason: interval?.reason };
  return { interval: { kind: 'bootstrap', lower: interval.lower, upper: interval.upper } };
};

const statusOf = (entries: readonly QueueEntry[], measured: number): CellStatus => {
  if (entries.length === 0) return 'not-planned';
  const states = entries.map(({ outcome }) => outcome.state);
  if (states.includes('running')) return 'running';
  if (states.includes('waiting')) return 'waiting';
  return measured === entries.length ? 'complete' : 'incomplete';
};

const cellOf = (
  category: string,
  loss: LossName,
  entries: readonly QueueEntry[],
): Omit<TableCell, 'best' | 'paperBest'> => {
  const results = entries.flatMap((entry) => resultOf(entry) ?? []);
  const values = results.flatMap(({ imageAuroc }) => (imageAuroc.defined ? [imageAuroc.value] : []));
  const { interval, reason } = intervalOf(results, values);
  const reasons = entries.flatMap((entry) => {
    const why = reasonOf(entry);
    if (why === undefined) return [];
    return [entries.length > 1 ? `Seed ${entry.seed}: ${why}` : why];
  });
  const mean = meanOf(values);
  const paper = paperAuroc(category, loss);
  return {
    loss,
    status: statusOf(entries, values.length),
    seedsPlanned: entries.length,
    seedsMeasured: values.length,
    mean,
    interval,
    problem: entries.map(problemOf).find((problem) => problem !== undefined),
    reasons: reason === undefined ? reasons : [...reasons, `No interval: ${reason}`],
    paper,
    difference: mean !== undefined && paper !== undefined ? mean - paper : undefined,
    differences: unique(entries.flatMap(differencesOf)),
    assumptions: unique(entries.flatMap(({ config }) => paperAssumptions(config))),
    toVariationModel: differenceOf(results),
  };
};

const rowOf = (category: string, losses: readonly LossName[], entries: readonly QueueEntry[]): TableRow => {
  const cells = losses.map((loss) =>
    cellOf(
      category,
      loss,
      entries.filter((entry) => entry.loss === loss),
    ),
  );
  const references = entries.flatMap((entry) => resultOf(entry)?.references ?? []);
  const best = flagBest(cells.map(({ status, mean }) => (status === 'complete' ? mean : undefined)));
  const paperBest = flagBest(cells.map(({ paper }) => paper));
  return {
    category,
    cells: cells.map((cell, index) => ({ ...cell, best: best[index], paperBest: paperBest[index] })),
    references: {
      meanImage: referenceOf(references.map(({ meanImage }) => meanImage)),
      variationModel: referenceOf(references.map(({ variationModel }) => variationModel)),
    },
    complete: cells.every(({ status }) => status === 'complete'),
  };
};

const meansOf = (losses: readonly LossName[], rows: readonly TableRow[]): readonly MeanCell[] => {
  const columns = losses.map((loss, index) => {
    const cells = rows.map(({ cells }) => cells[index]);
    return {
      loss,
      mean: meanOf(cells.flatMap(({ mean }) => mean ?? [])),
      paper: meanOf(cells.flatMap(({ paper }) => paper ?? [])),
      difference: meanOf(cells.flatMap(({ difference }) => difference ?? [])),
    };
  });
  const best = flagBest(columns.map(({ mean }) => mean));
  const paperBest = flagBest(columns.map(({ paper }) => paper));
  return columns.map((column, index) => ({ ...column, best: best[index], paperBest: paperBest[index] }));
};

/**
 * Builds the table of a queue. Means include only rows in which every cell is complete, to average each loss over the same
 * categories.
 */
export const aggregateTable = (entries: readonly QueueEntry[]): ResultTable => {
  const losses = tableLosses.filter((loss) => entries.some((entry) => entry.loss === loss));
  const categories = inPaperOrder([...new Set(entries.map(({ category }) => category))]);
  const rows = categories.map((category) =>
    rowOf(
      category,
      losses,
      entries.filter((entry) => entry.category === category),
    ),
  );
  const complete = rows.filter((row) => row.complete);
  return {
    losses,
    rows,
    means: meansOf(losses, complete),
    referenceMeans: {
      meanImage: meanOfAll(complete.map(({ references }) => references.meanImage)),
      variationModel: meanOfAll(complete.map(({ references }) => references.variationModel)),
    },
    hasReferences: rows.some(({ references }) => references.variationModel !== undefined),
    completeRows: complete.length,
    completePaperRows: complete.filter(({ category }) => paperAuroc(category, 'wfdl') !== undefined).length,
  };
};
