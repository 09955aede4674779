/** The past epochs of a retained run, to view images with it at an earlier epoch. */
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { History, PastEvaluation } from '#core/history.ts';
import { imageSignature, isSameImages, type PastEpochs, runMark } from '#core/past-epochs/past-epochs.ts';
import { readPastFile } from '#core/past-epochs/past-file.ts';
import type { HeldReconstructions } from '#core/spectrum/test-spectra.ts';
import { unpackPixels } from '#training/packed-pixels.ts';
import type { Reconstruction } from '#training/sample-view.ts';
import { testIndicesOf } from '#training/training-images.ts';

/** An image as a past evaluation reconstructed it. */
export interface HeldView {
  readonly reconstruction: Reconstruction;
  /** The statistics that calibrated the scores of that evaluation; undefined if they were not calibrated. */
  readonly statistics: ResidualStatistics | undefined;
}

/** The test reconstructions of a past evaluation. */
export interface HeldEvaluation extends PastEvaluation, HeldReconstructions {}

/** Holds only arrays. */
export class HeldPast {
  /** Rows of the images of the last view; undefined if these are other images. */
  private known: { readonly images: ImageSet; readonly rows: ReadonlyMap<number, number> } | undefined;

  constructor(private readonly past: PastEpochs) {}

  /**
   * Returns an image at the held evaluation nearest to an epoch.
   * @param index into the image set's samples
   * @param last the last weights of the run
   * @returns undefined if the last weights are at least as near, or the image is none of the held ones
   */
  nearest(images: ImageSet, index: number, epoch: number, last: PastEvaluation): HeldView | undefined {
    const row = this.rowsOf(images).get(index);
    const found = this.nearestTo(epoch, last);
    if (row === undefined || !found) return undefined;
    const length = found.pixels.length / this.past.images.paths.length;
    const pixels = unpackPixels(found.pixels.subarray(row * length, (row + 1) * length));
    return {
      reconstruction: { pixels, epoch: found.epoch, step: found.step },
      statistics: found.statistics,
    };
  }

  /**
   * Returns all test images at the held evaluation nearest to an epoch, without copies.
   * @returns undefined in the same cases as `nearest`
   */
  allNearest(images: ImageSet, epoch: number, last: PastEvaluation): HeldEvaluation | undefined {
    const rows = this.rowsOf(images);
    const found = this.nearestTo(epoch, last);
    if (rows.size === 0 || !found) return undefined;
    return { epoch: found.epoch, step: found.step, indices: [...rows.keys()], pixels: found.pixels };
  }

  /** Undefined if the last weights are at least as near. */
  private nearestTo(epoch: number, last: PastEvaluation): PastEpochs['evaluations'][number] | undefined {
    const distance = (one: PastEvaluation): number => Math.abs(one.epoch - epoch);
    return this.past.evaluations.reduce<PastEpochs['evaluations'][number] | undefined>(
      (best, one) => (distance(one) < distance(best ?? last) ? one : best),
      undefined,
    );
  }

  private rowsOf(images: ImageSet): ReadonlyMap<number, number> {
    if (this.known?.images === images) return this.known.rows;
    const indices = testIndicesOf(images);
    const isOwn =
      this.past.side === images.side && isSameImages(this.past.images, imageSignature(images, indices));
    const rows = new Map(isOwn ? indices.map((index, row) => [index, row]) : []);
    this.known = { images, rows };
    return rows;
  }
}

/** Reads the past epochs of a run; undefined if it has none, or they are damaged or belong to another run. */
export const heldPast = (bytes: ArrayBuffer | undefined, { steps }: History): HeldPast | undefined => {
  if (!bytes) return undefined;
  try {
    const past = readPastFile(bytes);
    return past.run === runMark(steps) ? new HeldPast(past) : undefined;
  } catch (thrown) {
    if (thrown instanceof ResiduaError) return undefined;
    throw thrown;
  }
};
