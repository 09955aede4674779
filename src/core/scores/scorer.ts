/** The input and output of scorers: images of one side and their anomaly scores. */
import { channels } from './residual-planes.ts';

/** The score of one image. */
export interface ImageScore {
  /** Higher is more anomalous; at least 0, or NaN if the reconstruction is not finite. */
  readonly score: number;
  /** Energy of the whole residual, before any band: sum over pixels and channels of (x - y)^2. */
  readonly energy: number;
  /** The part of `energy` at the zero frequency: the channels' means. */
  readonly meanEnergy: number;
}

/** Score and map of one image. */
export interface ScoredImage extends ImageScore {
  /** Contribution of each pixel to the score, [S, S] row-major, at least 0; NaN if the reconstruction is not finite. */
  readonly map: Float32Array;
}

/** An image and its reconstruction. */
export interface ImagePair {
  /** RGB bytes, [S, S, 3], 0 to 255. */
  readonly input: Uint8Array;
  /** RGB, [S, S, 3], in [0, 1]. */
  readonly reconstruction: Float32Array;
}

/**
 * Scores images of one side with one setting, one by one, in memory that it reuses. Images are independent, so several
 * threads can each have a scorer and share the images.
 */
export interface Scorer {
  readonly side: number;
  /** Whether maps show the calibrated residual: squared distances in units of the good images' covariance. */
  readonly calibrated: boolean;
  /**
   * @param input RGB bytes, [S, S, 3], 0 to 255
   * @param reconstruction RGB, [S, S, 3], in [0, 1]
   * @param map target of the map, [S, S]; a new array if omitted. The caller owns it in both cases.
   */
  score(input: Uint8Array, reconstruction: Float32Array, map?: Float32Array): ScoredImage;
  /** The same score, to the bit, without the map; cheaper if the map has its own cost (`spectral`). */
  scoreOnly(input: Uint8Array, reconstruction: Float32Array): ImageScore;
  /** Maximum number of images for `scoreSeveral`; more would not be faster. */
  readonly atOnce: number;
  /**
   * The same scores, to the bit, for several images.
   * @param maps targets of the maps, [S, S] each; omit them if no maps are needed
   */
  scoreSeveral(pairs: readonly ImagePair[], maps?: readonly Float32Array[]): ImageScore[];
}

/**
 * Checks that both images have this side.
 * @throws RangeError if one has not
 */
export const checkImages = (side: number, { input, reconstruction }: ImagePair): void => {
  const expected = side * side * channels;
  if (input.length === expected && reconstruction.length === expected) return;
  throw new RangeError(
    `Expected two images of ${expected} values, got ${input.length} and ${reconstruction.length}.`,
  );
};
