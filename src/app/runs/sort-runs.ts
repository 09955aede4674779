/** Sorts the table of runs. */
import { lengthOf, type RetainedRun, stepOf } from '#store/runs/retained-run.ts';
import { lossLabels } from '../shared/labels.ts';
import type { MeasuredRun } from '../shared/measure/measure-words.ts';

export const sortKeys = ['name', 'loss', 'auroc', 'epoch', 'step', 'time', 'retained'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface RunSort {
  readonly key: SortKey;
  readonly direction: 'ascending' | 'descending';
}

/** Latest first, as in the column. */
export const latestFirst: RunSort = { key: 'retained', direction: 'descending' };

interface Sortable {
  readonly run: RetainedRun;
  /** Its shown figure. */
  readonly measured: Pick<MeasuredRun, 'evaluation'>;
}

const readings: Readonly<Record<SortKey, (entry: Sortable) => string | number | undefined>> = {
  name: ({ run }) => run.name,
  loss: ({ run }) => lossLabels[run.config.loss],
  auroc: ({ measured }) => {
    const auroc = measured.evaluation?.imageAuroc;
    return auroc?.defined ? auroc.value : undefined;
  },
  epoch: ({ run }) => lengthOf(run).epochs,
  step: ({ run }) => stepOf(run),
  time: ({ run }) => run.trainMs,
  retained: ({ run }) => run.createdAt,
};

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), 'en', { numeric: true, sensitivity: 'base' });

/** The sorted entries. Those without a value come last in both directions; equal ones stay in order. */
export const sortRuns = <Entry extends Sortable>(
  entries: readonly Entry[],
  { key, direction }: RunSort,
): readonly Entry[] => {
  const sign = direction === 'ascending' ? 1 : -1;
  return entries.toSorted((first, second) => {
    const [a, b] = [readings[key](first), readings[key](second)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return sign * compare(a, b);
  });
};

/** The order after a click on a heading: reversed, or a first one: text from A, numbers from the largest. */
export const sortAfter = (sort: RunSort, key: SortKey): RunSort => {
  if (sort.key === key)
    return { key, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' };
  return { key, direction: key === 'name' || key === 'loss' ? 'ascending' : 'descending' };
};
