/** Completes the rows of the processor's steps with PyTorch's times. */
import { availableParallelism } from 'node:os';
import { type BenchRow, benchRow } from './bench-row.ts';
import { pyTorchSizes } from './pytorch-sizes.ts';
import { timePyTorchStep } from './pytorch-step.ts';
import { median } from './statistics.ts';

/** Samples before ours; as many follow. */
const samplesBefore = 3;

/** PyTorch's times of one row, of which some are taken before our own and some after. */
export class PyTorchTimes {
  private readonly threads = availableParallelism();
  private before: readonly number[] | undefined;
  private skipped = false;

  /** To be called before the case of these rows runs. */
  take(ids: readonly string[]): void {
    const [id] = ids;
    const size = id === undefined ? undefined : pyTorchSizes[id];
    this.before = size && timePyTorchStep(size, this.threads, samplesBefore);
    if (!size || this.before || this.skipped) return;
    this.skipped = true;
    console.warn(
      'There is no PyTorch here (apt-get install python3-torch): rows against it have no baseline.',
    );
  }

  /** The row with PyTorch as its baseline, if it is one of those and there is a PyTorch. */
  complete(row: BenchRow): BenchRow {
    const size = pyTorchSizes[row.id];
    if (!size || !this.before || row.medianMs === null) return row;
    const after = timePyTorchStep(size, this.threads, samplesBefore) ?? [];
    return {
      ...row,
      ...benchRow(
        {
          id: row.id,
          baseline: `PyTorch, ${this.threads} threads; ${row.baseline}`,
          medianMs: row.medianMs,
          baselineMs: median([...this.before, ...after]),
        },
        {},
      ),
      gflops: row.gflops,
    };
  }
}
