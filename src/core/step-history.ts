/** The losses of a run's steps, in columns that grow with the run. */
import type { History, StepRecord } from './history.ts';

const columnNames = ['step', 'epoch', 'loss', 'objective'] as const;

/** Columns with spare room for more steps; all views of one run share them. */
type Columns = Record<(typeof columnNames)[number], Float64Array> & { length: number };

const leastRoom = 1024;

const emptyColumns = (room: number): Columns => ({
  step: new Float64Array(room),
  epoch: new Float64Array(room),
  loss: new Float64Array(room),
  objective: new Float64Array(room),
  length: 0,
});

/**
 * An immutable view of a run's steps up to some moment. Appending gives a longer view of the same columns: its cost does
 * not depend on the length of the run.
 */
export class StepHistory implements Iterable<StepRecord> {
  static readonly empty = new StepHistory(emptyColumns(0), 0);

  private constructor(
    /** The same object in all views of one run, and different for every run. */
    readonly columns: Columns,
    readonly length: number,
  ) {}

  /** @param records in the order of their steps */
  static of(records: readonly StepRecord[]): StepHistory {
    return StepHistory.empty.append(records);
  }

  /** Returns a view of this view's steps followed by the given ones. */
  append(records: readonly StepRecord[]): StepHistory {
    if (records.length === 0) return this;
    const length = this.length + records.length;
    const columns = this.columnsFor(length);
    records.forEach(({ step, epoch, loss, objective = loss }, i) => {
      const at = this.length + i;
      columns.step[at] = step;
      columns.epoch[at] = epoch;
      columns.loss[at] = loss;
      columns.objective[at] = objective;
    });
    columns.length = length;
    return new StepHistory(columns, length);
  }

  /** @param index counts from the end if it is negative */
  at(index: number): StepRecord | undefined {
    const at = index < 0 ? this.length + index : index;
    if (at < 0 || at >= this.length) return undefined;
    const { step, epoch, loss, objective } = this.columns;
    const record = { step: step[at]!, epoch: epoch[at]!, loss: loss[at]! };
    return objective[at] === loss[at] ? record : { ...record, objective: objective[at]! };
  }

  /** All steps of a column, without a copy. */
  column(name: (typeof columnNames)[number]): Float64Array {
    return this.columns[name].subarray(0, this.length);
  }

  /** Whether any step minimized a loss with a weight other than the final one. */
  get hasObjectives(): boolean {
    const { loss, objective } = this.columns;
    return this.column('loss').some((_, i) => objective[i] !== loss[i]);
  }

  *[Symbol.iterator](): Iterator<StepRecord> {
    for (let i = 0; i < this.length; i++) yield this.at(i)!;
  }

  /** The shared columns if this is their longest view and they have room, else a copy with twice the room. */
  private columnsFor(length: number): Columns {
    const { columns } = this;
    const isLongest = columns.length === this.length && columns !== StepHistory.empty.columns;
    if (isLongest && length <= columns.loss.length) return columns;
    const copy = isLongest ? columns : { ...columns };
    const room = Math.max(leastRoom, 2 * length);
    for (const name of columnNames) {
      const grown = new Float64Array(room);
      grown.set(this.column(name));
      copy[name] = grown;
    }
    return copy;
  }
}

/** A history that the page appends to. */
export type ColumnHistory = History<StepHistory>;

/** The history of a run without a step. */
export const emptyHistory: ColumnHistory = { steps: StepHistory.empty, evaluations: [], spectra: [] };
