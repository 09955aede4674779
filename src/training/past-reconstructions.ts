/** Test reconstructions of a run's past evaluations within a memory budget, to show earlier epochs. */
import { asFloat32, type ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import type { PastEvaluation } from '#core/history.ts';
import type { PackedEvaluation } from '#core/past-epochs/past-epochs.ts';
import type { HeldReconstructions } from '#core/spectrum/test-spectra.ts';
import { packPixels, unpackPixels } from './packed-pixels.ts';
import type { Reconstruction } from './sample-view.ts';

/** The highest value that browsers report, in GiB, and the value on most machines. */
const ampleMemoryGiB = 8;

/**
 * Budget for a run's past, in bytes: 256 MB hold 3 evaluations of 167 images at side 256, 768 MB hold 11.
 * @param browser the source of `deviceMemory` in GiB, as in Chromium; without it, memory counts as scarce
 */
export const pastBudgetBytes = (browser: object = globalThis.navigator ?? {}): number => {
  const memoryGiB: unknown = Reflect.get(browser, 'deviceMemory');
  return typeof memoryGiB === 'number' && memoryGiB >= ampleMemoryGiB ? 768e6 : 256e6;
};

/** Limit of the past epochs of a stored or exported run: 192 MB hold two evaluations of 167 images at side 256, with bands. */
const mostPackedBytes = 192e6;

interface Kept extends PackedEvaluation {
  /** Number of earlier evaluations, including dropped ones. */
  readonly ordinal: number;
  readonly bytes: number;
}

const bytesOf = (pixels: number, statistics: ResidualStatistics | undefined): number => {
  const planes = statistics ? [...statistics.mean, ...statistics.covariance] : [];
  return 2 * pixels + planes.reduce((sum, plane) => sum + 4 * plane.length, 0);
};

const totalBytes = (kept: readonly Kept[]): number => kept.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Holds the reconstructions of evaluations as 16-bit numbers, with the statistics that calibrated their scores. With bands,
 * the statistics need a third of the reconstructions' memory, without bands a thirtieth (167 images at side 256).
 *
 * When the budget is full, it drops every second evaluation, and from then on every second new one. So the held evaluations
 * stay evenly spaced over the run; the first and the last always stay.
 */
export class PastReconstructions {
  private readonly kept: Kept[] = [];
  private stride = 1;
  private count = 0;
  private readonly rowOf: ReadonlyMap<number, number>;

  /**
   * @param indices the samples to hold; an evaluation without all of them is not held
   * @param budgetBytes if two evaluations do not fit, nothing is held
   */
  constructor(
    private readonly indices: readonly number[],
    private readonly budgetBytes: number = pastBudgetBytes(),
  ) {
    this.rowOf = new Map(indices.map((index, row) => [index, row]));
  }

  /** The held evaluations, in the order of their steps. */
  get evaluations(): readonly PastEvaluation[] {
    return this.kept.map(({ epoch, step }) => ({ epoch, step }));
  }

  /** Bytes of all held arrays. */
  get bytes(): number {
    return totalBytes(this.kept);
  }

  /**
   * Adds an evaluation; it replaces the last one if that has the same step.
   * @param reconstructions values in [0, 1]; they are copied
   * @param statistics the statistics that calibrated its scores; they are copied
   */
  add(reconstructions: ReadonlyMap<number, Reconstruction>, statistics?: ResidualStatistics): void {
    const first = reconstructions.get(this.indices[0] ?? -1);
    if (!first) return;
    const length = first.pixels.length;
    const bytes = bytesOf(length * this.indices.length, statistics);
    if (2 * bytes > this.budgetBytes) return;
    const { epoch, step } = first;
    const last = this.kept.at(-1);
    const replaces = last?.step === step;
    if (replaces) this.kept.pop();
    const ordinal = replaces ? last.ordinal : this.count++;
    this.thin(this.budgetBytes - bytes);
    const pixels = new Uint16Array(length * this.indices.length);
    this.indices.forEach((index, row) => {
      const values = reconstructions.get(index)?.pixels;
      if (!values) throw new Error(`sample ${index} was not reconstructed`);
      packPixels(values, pixels, row * length);
    });
    this.kept.push({ epoch, step, ordinal, pixels, statistics: statistics && asFloat32(statistics), bytes });
  }

  /**
   * Adopts the evaluations of a run from files. The present ones stay, and must be later.
   * @param earlier in the order of their steps, of the same samples; the arrays are taken over
   */
  adopt(earlier: readonly PackedEvaluation[]): void {
    const own = this.kept.splice(0);
    const before = earlier.filter(({ step }) => own.every((later) => step < later.step));
    for (const [ordinal, evaluation] of [...before, ...own].entries()) {
      const { pixels, statistics } = evaluation;
      this.kept.push({ ...evaluation, ordinal, bytes: bytesOf(pixels.length, statistics) });
    }
    this.stride = 1;
    this.count = this.kept.length;
    const last = this.kept.at(-1);
    if (!last || totalBytes(this.kept) <= this.budgetBytes) return;
    this.kept.pop();
    this.thin(this.budgetBytes - last.bytes);
    this.kept.push(last);
  }

  /**
   * The evaluations for a file, without copies: all of them, or every n-th, with the first and the last.
   * @returns empty if fewer than two fit
   */
  packed(mostBytes: number = mostPackedBytes): readonly PackedEvaluation[] {
    const last = this.kept.length - 1;
    for (let stride = 1; stride < 2 * last; stride *= 2) {
      const some = this.kept.filter((_, i) => i % stride === 0 || i === last);
      if (totalBytes(some) <= mostBytes) return some;
    }
    return [];
  }

  /** A sample's reconstruction at an evaluation, a new array; undefined if that is not held. */
  at(step: number, index: number): Reconstruction | undefined {
    const row = this.rowOf.get(index);
    const kept = this.kept.find((evaluation) => evaluation.step === step);
    if (row === undefined || !kept) return undefined;
    const length = kept.pixels.length / this.indices.length;
    return {
      pixels: unpackPixels(kept.pixels.subarray(row * length, (row + 1) * length)),
      epoch: kept.epoch,
      step: kept.step,
    };
  }

  /** All reconstructions of an evaluation, a new array; undefined if it is not held. */
  allAt(step: number): HeldReconstructions | undefined {
    const kept = this.kept.find((evaluation) => evaluation.step === step);
    return kept && { indices: this.indices, pixels: kept.pixels.slice() };
  }

  /** The statistics of a held evaluation; undefined if its scores were not calibrated. */
  statisticsAt(step: number): ResidualStatistics | undefined {
    return this.kept.find((evaluation) => evaluation.step === step)?.statistics;
  }

  /** Makes room for the next evaluation: keeps the first, and as many others as fit into this many bytes. */
  private thin(mostBytes: number): void {
    const staysAt = (stride: number): Kept[] => this.kept.filter(({ ordinal }) => ordinal % stride === 0);
    const isTooMuch = (stays: readonly Kept[]): boolean => stays.length > 1 && totalBytes(stays) > mostBytes;
    while (isTooMuch(staysAt(this.stride))) this.stride *= 2;
    this.kept.splice(0, this.kept.length, ...staysAt(this.stride));
  }
}
