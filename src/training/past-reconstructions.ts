/** Test reconstructions of a run's evaluations within a budget of memory: what a look back through the epochs shows. */
import { asFloat32, type ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import type { PastEvaluation } from '#core/history.ts';
import { packPixels, unpackPixels } from './packed-pixels.ts';
import type { Reconstruction } from './sample-view.ts';

/** What browsers tell at most, in GiB, and what they tell of most machines. */
const ampleMemoryGiB = 8;

/**
 * Bytes that the past of a run may take: 256 MB hold 3 evaluations of 167 images at side 256, 768 MB hold 11.
 * @param browser what tells `deviceMemory` in GiB, as Chromium does; where it does not, memory counts as scarce
 */
export const pastBudgetBytes = (browser: object = globalThis.navigator ?? {}): number => {
  const memoryGiB: unknown = Reflect.get(browser, 'deviceMemory');
  return typeof memoryGiB === 'number' && memoryGiB >= ampleMemoryGiB ? 768e6 : 256e6;
};

interface Kept extends PastEvaluation {
  /** How many evaluations came before it, those that are no longer kept included. */
  readonly ordinal: number;
  /** [images, S, S, 3], packed. */
  readonly pixels: Uint16Array;
  /** What its scores were calibrated by, as float32. */
  readonly statistics: ResidualStatistics | undefined;
  readonly bytes: number;
}

const bytesOf = ({ mean, covariance }: ResidualStatistics): number =>
  4 * (mean.length + covariance.length) * mean[0].length;

/**
 * Keeps the reconstructions of evaluations as 16-bit numbers, and the statistics that their scores were calibrated by: with
 * bands a third of the reconstructions' memory, without a thirtieth (167 images at side 256).
 *
 * When the budget is full every second evaluation goes, and from then on every second that comes, so that what is kept stays
 * evenly spaced over the run; the first and the last always stay.
 */
export class PastReconstructions {
  private readonly kept: Kept[] = [];
  private stride = 1;
  private count = 0;
  private readonly rowOf: ReadonlyMap<number, number>;

  /**
   * @param indices the samples whose reconstructions are kept: all of an evaluation, or it is not kept
   * @param budgetBytes where it does not hold two evaluations nothing is kept
   */
  constructor(
    private readonly indices: readonly number[],
    private readonly budgetBytes: number = pastBudgetBytes(),
  ) {
    this.rowOf = new Map(indices.map((index, row) => [index, row]));
  }

  /** The evaluations that are kept, in the order of their steps. */
  get evaluations(): readonly PastEvaluation[] {
    return this.kept.map(({ epoch, step }) => ({ epoch, step }));
  }

  /** Bytes of all arrays that are kept. */
  get bytes(): number {
    return this.kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * Keeps an evaluation; one of the same step as the last takes its place.
   * @param reconstructions values in [0, 1]; they are copied
   * @param statistics that its scores were calibrated by; they are copied
   */
  add(reconstructions: ReadonlyMap<number, Reconstruction>, statistics?: ResidualStatistics): void {
    const first = reconstructions.get(this.indices[0] ?? -1);
    if (!first) return;
    const length = first.pixels.length;
    const bytes = 2 * length * this.indices.length + (statistics ? bytesOf(statistics) : 0);
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

  /** A sample's reconstruction as it was at an evaluation, a new array; undefined where it is not kept. */
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

  /** The statistics of an evaluation that is kept; undefined where its scores were not calibrated. */
  statisticsAt(step: number): ResidualStatistics | undefined {
    return this.kept.find((evaluation) => evaluation.step === step)?.statistics;
  }

  /** Makes room for the next evaluation: the first stays, and the others that then fit into so many bytes. */
  private thin(mostBytes: number): void {
    const staysAt = (stride: number): Kept[] => this.kept.filter(({ ordinal }) => ordinal % stride === 0);
    const isTooMuch = (stays: readonly Kept[]): boolean =>
      stays.length > 1 && stays.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes;
    while (isTooMuch(staysAt(this.stride))) this.stride *= 2;
    this.kept.splice(0, this.kept.length, ...staysAt(this.stride));
  }
}
