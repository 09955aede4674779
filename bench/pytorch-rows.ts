/** Adds PyTorch's times to the rows of the processor's steps. */
import { availableParallelism } from 'node:os';
import { type BenchRow, benchRow } from './bench-row.ts';
import { pyTorchSizes } from './pytorch-sizes.ts';
import { timePyTorchStep } from './pytorch-step.ts';
import { median } from './statistics.ts';

/** Samples before ours; equally many follow. */
const samplesBefore = 3;

/** PyTorch's times for one row; some are taken before our own and some after. */
export class PyTorchTimes {
  private readonly threads = availableParallelism();
  private before: readonly number[] | undefined;
  private skipped = false;

  /** Call it before the case of these rows runs. */
  take(ids: readonly string[]): void {
    const [id] = ids;
    const size = id === undefined ? undefined : pyTorchSizes[id];
    this.before = size && timePyTorchStep(size, this.threads, samplesBefore);
    if (!size || this.before || this.skipped) return;
    this.skipped = true;
    console.warn(
      'PyTorch is not installed (apt-get install python3-torch): rows against it have no baseline.',
    );
  }

  /** Adds PyTorch as the row's baseline, if the row has one and PyTorch is available. */
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
