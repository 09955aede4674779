/** What a scorer takes and gives: images of one side and their anomaly scores. */
import { channels } from './residual-planes.ts';

/** The score of one image. */
export interface ImageScore {
  /** Higher is more anomalous; at least 0, and NaN where the reconstruction is not finite. */
  readonly score: number;
  /** Energy of the whole residual, before any band: sum over pixels and channels of (x - y)^2. */
  readonly energy: number;
  /** The part of `energy` that lies in the channels' means: the zero frequency. */
  readonly meanEnergy: number;
}

/** Score and map of one image. */
export interface ScoredImage extends ImageScore {
  /** What the score sees at each pixel, [S, S] row-major, at least 0; NaN where the reconstruction is not finite. */
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
 * Scores images of one side by one setting, one after the other, in memory that it keeps. Images do not depend on each
 * other, so several threads may each score some with a scorer of their own.
 */
export interface Scorer {
  readonly side: number;
  /** Whether maps are of the calibrated residual: squared distances in units of the good images' spread. */
  readonly calibrated: boolean;
  /**
   * @param input RGB bytes, [S, S, 3], 0 to 255
   * @param reconstruction RGB, [S, S, 3], in [0, 1]
   * @param map where the map goes, [S, S]; a new array if omitted. The caller's either way.
   */
  score(input: Uint8Array, reconstruction: Float32Array, map?: Float32Array): ScoredImage;
  /** The same score, to the bit, without the map; cheaper where the map costs something by itself (`spectral`). */
  scoreOnly(input: Uint8Array, reconstruction: Float32Array): ImageScore;
  /** The most images that `scoreSeveral` takes: as many as save something. */
  readonly atOnce: number;
  /**
   * The same scores, to the bit, of some images.
   * @param maps where the maps go, [S, S] each; none are wanted if omitted
   */
  scoreSeveral(pairs: readonly ImagePair[], maps?: readonly Float32Array[]): ImageScore[];
}

/**
 * Checks that both images are of one side.
 * @throws RangeError if one is not
 */
export const checkImages = (side: number, { input, reconstruction }: ImagePair): void => {
  const expected = side * side * channels;
  if (input.length === expected && reconstruction.length === expected) return;
  throw new RangeError(
    `Expected two images of ${expected} values, got ${input.length} and ${reconstruction.length}.`,
  );
};
