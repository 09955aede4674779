/** The past epochs of a run: test reconstructions of its evaluations, and the images and the run that they belong to. */
import type { ResidualStatistics } from '../calibration/residual-statistics.ts';
import type { ImageSet } from '../dataset.ts';
import type { PastEvaluation, StepRecord } from '../history.ts';
import { imageBytes } from '../image-bytes.ts';

/** The test reconstructions of one evaluation. */
export interface PackedEvaluation extends PastEvaluation {
  /** [images, S, S, 3], each value in [0, 1] as a 16-bit number, round(65535 value). */
  readonly pixels: Uint16Array;
  /** The statistics that calibrated its scores, as float32; undefined if they were not calibrated. */
  readonly statistics: ResidualStatistics | undefined;
}

/** Identifies images by their paths and mean brightness: decoders may differ by a level at some pixels, but not on average. */
export interface ImageSignature {
  readonly paths: readonly string[];
  /** Mean of each image's bytes, 0 to 255. */
  readonly means: readonly number[];
}

/** The held past of one run. */
export interface PastEpochs {
  /** Side S of the images in pixels. */
  readonly side: number;
  /** The test images, in the order of the rows. */
  readonly images: ImageSignature;
  /** The run's `runMark`. */
  readonly run: string;
  /** In the order of their steps. */
  readonly evaluations: readonly PackedEvaluation[];
}

/** Signature of some samples of an image set. */
export const imageSignature = (images: ImageSet, indices: readonly number[]): ImageSignature => ({
  paths: indices.map((index) => images.samples[index].path),
  means: indices.map((index) => {
    const bytes = imageBytes(images, index);
    return bytes.reduce((sum, value) => sum + value, 0) / bytes.length;
  }),
});

/** Larger than any difference between decoders, and smaller than that between two photographs. */
const sameMean = 0.5;

/** Whether two signatures belong to the same images in the same order. */
export const isSameImages = (one: ImageSignature, other: ImageSignature): boolean =>
  one.paths.length === other.paths.length &&
  one.paths.every(
    (path, row) => path === other.paths[row] && Math.abs(one.means[row] - other.means[row]) <= sameMean,
  );

/** Identifies a run by its losses: their number, and FNV-1a of their bits. */
export const runMark = (steps: readonly Pick<StepRecord, 'loss'>[]): string => {
  const bytes = new Uint8Array(Float64Array.from(steps, ({ loss }) => loss).buffer);
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${steps.length}-${(hash >>> 0).toString(16).padStart(8, '0')}`;
};
