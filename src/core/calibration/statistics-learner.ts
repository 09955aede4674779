/**
 * Learns statistics of the differences between good images and their reconstructions. Images arrive one by one and are added
 * to the sums in batches: the sums are larger than any cache, and most of the work is reading and writing them.
 */
import type { ScoreScratch } from '../scores/score-scratch.ts';
import type { RealFft2 } from '../spectrum/fast-fft.ts';
import { Addresses, groupsOf } from './kernels/addresses.ts';
import { groupedLength } from './kernels/grouped-planes.ts';
import { type KernelMemory, kernelMemory, type MemoryUser, sharedKernels } from './kernels/kernel-memory.ts';
import { type ComponentSettings, ResidualComponents } from './residual-components.ts';
import type { ResidualStatistics } from './residual-statistics.ts';
import { statisticsOfSums } from './statistics-of-sums.ts';

/** Maximum number of images in a batch, and of the bytes of their components: 50 MB at side 256 in bands. */
const mostImagesAtOnce = 8;
const mostComponentBytes = 52e6;

const imagesAtOnce = (side: number): number =>
  // The maximum is 12 components; with it, the batch depends only on the side.
  Math.max(1, Math.min(mostImagesAtOnce, Math.floor(mostComponentBytes / (12 * 8 * side * side))));

/** Words of the kernels' `Update`. */
const updateWords = 7;

/** Groups per chunk of an update; must equal the number in `update-statistics.assembly.ts`. */
const groupsOfChunk = 32;

/** Learns from images of one side. */
export interface StatisticsLearner {
  /**
   * Adds one good image. Neither array is retained.
   * @param input RGB bytes, [S, S, 3], 0 to 255
   * @param reconstruction RGB, [S, S, 3], in [0, 1]: a model's output, or any other image to compare with the input
   * @returns whether the residual is finite; a non-finite one is skipped
   */
  add(input: Uint8Array, reconstruction: Float32Array): boolean;
  /**
   * Returns the statistics of all images. Nothing can be added afterwards.
   * @throws RangeError if no image was added
   */
  finish(): ResidualStatistics;
}

/** The sums of one pass in the kernels' memory, which other users may own between calls. */
class KernelLearner implements StatisticsLearner, MemoryUser {
  readonly end: number;
  private readonly components: ResidualComponents;
  private readonly sums: number;
  private readonly sumsLength: number;
  private readonly update: number;
  /** Images in the sums, and images whose components wait to be added. */
  private images = 0;
  private waiting = 0;
  /** Sums and waiting components while another user owns the memory. */
  private saved: { readonly sums: Float64Array; readonly components: Float64Array } | undefined;

  constructor(
    private readonly settings: ComponentSettings,
    private readonly side: number,
    transform: () => RealFft2,
  ) {
    const addresses = new Addresses();
    this.update = addresses.take(4 * updateWords);
    this.components = new ResidualComponents(side, settings, imagesAtOnce(side), transform, addresses);
    this.sumsLength = groupedLength(this.components.count, side * side);
    this.sums = addresses.take(8 * this.sumsLength);
    this.end = addresses.end;
  }

  moveIn(memory: KernelMemory): void {
    const { components, saved } = this;
    components.write(memory);
    const sums = memory.floats(this.sums, this.sumsLength);
    if (saved) {
      sums.set(saved.sums);
      memory.floats(components.planes, saved.components.length).set(saved.components);
      this.saved = undefined;
    } else sums.fill(0);
  }

  moveOut(memory: KernelMemory): void {
    const { components, waiting } = this;
    this.saved = {
      sums: memory.floats(this.sums, this.sumsLength).slice(),
      components: memory
        .floats(components.planes, (waiting * components.count * components.planeBytes) / 8)
        .slice(),
    };
  }

  add(input: Uint8Array, reconstruction: Float32Array): boolean {
    const memory = kernelMemory();
    memory.giveTo(this);
    const { components, waiting } = this;
    const { energy } = components.take(memory, waiting, input, reconstruction);
    if (!Number.isFinite(energy)) return false;
    this.waiting += 1;
    if (this.waiting === components.images) this.addWaiting(memory);
    return true;
  }

  finish(): ResidualStatistics {
    const memory = kernelMemory();
    memory.giveTo(this);
    this.addWaiting(memory);
    const { bandLow, bandHigh, calibrationBands } = this.settings;
    const statistics = statisticsOfSums(
      { bandLow, bandHigh, calibrationBands },
      this.images,
      memory.floats(this.sums, this.sumsLength),
      this.components.count,
      this.side * this.side,
    );
    memory.takeFrom(this);
    return statistics;
  }

  private addWaiting(memory: KernelMemory): void {
    const { components, sums, side, update, images, waiting } = this;
    if (waiting === 0) return;
    const groups = groupsOf(side * side);
    // In the order of `Update` in `update-statistics.assembly.ts`.
    memory
      .words(update, updateWords)
      .set([sums, groups, components.count, components.planes, components.planeBytes, waiting, images]);
    components.split(memory, waiting);
    memory.share(sharedKernels.update, update, Math.ceil(groups / groupsOfChunk));
    this.images += waiting;
    this.waiting = 0;
  }
}

/**
 * Prepares the statistics of residuals x - y. The sign of the residual does not affect distances.
 * @param scratch memory shared with scorers of this thread
 */
export const createStatisticsLearner = (
  settings: ComponentSettings,
  { side, transform }: ScoreScratch,
): StatisticsLearner => new KernelLearner(settings, side, transform);
