/** Test reconstructions of a run's evaluations within a budget of memory: what a look back through the epochs shows. */
import type { KeptEvaluation } from '#core/history.ts';
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

/** Levels of a quantised value beside 0. */
const levels = 65_535;

interface Kept extends KeptEvaluation {
  /** How many evaluations came before it, those that are no longer kept included. */
  readonly ordinal: number;
  /** [images, S, S, 3], round(65535 value). */
  readonly pixels: Uint16Array;
}

/**
 * Keeps the reconstructions of evaluations as 16-bit numbers. A value in [0, 1] comes back with an error of at most
 * 0.5 / 65535 < 2^-16.9: 257 times finer than the 8 bits of the image that it is compared with. In a spectrum that is white
 * noise of standard deviation S / (65535 sqrt 12), 2.8e-4 at side 64, where |F(0, 0)| is of order S^2 / 2.
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
  get evaluations(): readonly KeptEvaluation[] {
    return this.kept.map(({ epoch, step }) => ({ epoch, step }));
  }

  /** Bytes of all arrays that are kept. */
  get bytes(): number {
    return this.kept.reduce((sum, { pixels }) => sum + pixels.byteLength, 0);
  }

  /**
   * Keeps an evaluation; one of the same step as the last takes its place.
   * @param reconstructions values in [0, 1]; they are copied
   */
  add(reconstructions: ReadonlyMap<number, Reconstruction>): void {
    const first = reconstructions.get(this.indices[0] ?? -1);
    if (!first) return;
    const length = first.pixels.length;
    const bytes = 2 * length * this.indices.length;
    if (2 * bytes > this.budgetBytes) return;
    const { epoch, step } = first;
    const last = this.kept.at(-1);
    const replaces = last?.step === step;
    if (replaces) this.kept.pop();
    const ordinal = replaces ? last.ordinal : this.count++;
    this.thin(Math.floor(this.budgetBytes / bytes) - 1);
    const pixels = new Uint16Array(length * this.indices.length);
    this.indices.forEach((index, row) => {
      const values = reconstructions.get(index)?.pixels;
      if (!values) throw new Error(`sample ${index} was not reconstructed`);
      for (let i = 0, at = row * length; i < length; i++, at++) pixels[at] = values[i] * levels + 0.5;
    });
    this.kept.push({ epoch, step, ordinal, pixels });
  }

  /** A sample's reconstruction as it was at an evaluation, a new array; undefined where it is not kept. */
  at(step: number, index: number): Reconstruction | undefined {
    const row = this.rowOf.get(index);
    const kept = this.kept.find((evaluation) => evaluation.step === step);
    if (row === undefined || !kept) return undefined;
    const length = kept.pixels.length / this.indices.length;
    const values = kept.pixels.subarray(row * length, (row + 1) * length);
    return {
      pixels: Float32Array.from(values, (value) => value / levels),
      epoch: kept.epoch,
      step: kept.step,
    };
  }

  /** Makes room for the next evaluation: at most `most` of those that are there stay. */
  private thin(most: number): void {
    const staysAt = (stride: number): Kept[] => this.kept.filter(({ ordinal }) => ordinal % stride === 0);
    while (staysAt(this.stride).length > most) this.stride *= 2;
    this.kept.splice(0, this.kept.length, ...staysAt(this.stride));
  }
}
