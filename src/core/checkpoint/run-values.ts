/** The state of a run between two steps as plain arrays, independent of the device that holds it. */
import type { RngState } from '../rng.ts';

/** The state of an optimizer. */
export interface OptimizerValues {
  /** Steps done. */
  readonly steps: number;
  /** First moments of all trainable values, then their second moments, float32. */
  readonly moments: Float32Array;
}

/** The position in the order of the training images. */
export interface BatchPosition {
  /** State of the generator after it drew the permutation. */
  readonly rng: RngState;
  /** The order of the present epoch, of 0 .. count - 1; empty before the first batch. */
  readonly permutation: readonly number[];
  /** Images of that order in batches so far; at least its length once the epoch is over. */
  readonly position: number;
}

/** Weights with their place in the run. */
export interface WeightValues {
  /** Optimizer steps behind the weights. */
  readonly step: number;
  /** All weights with the running averages of batch norm, float32, in the order of `namedShapes`. */
  readonly weights: Float32Array;
}

/** Everything that the next steps of a run depend on, besides its settings and images. */
export interface RunValues extends WeightValues {
  /** The weights of the last evaluation, to which a failed run returns; the same array if they are the present ones. */
  readonly lastGood: WeightValues;
  readonly optimizer: OptimizerValues;
  readonly order: BatchPosition;
}
