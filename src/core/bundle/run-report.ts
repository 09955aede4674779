/** Everything that the texts of a bundle say about a run. */
import type { PlainBaselines } from '../baselines/plain-baselines.ts';
import type { ImageMetrics } from '../metrics/image-metrics.ts';
import type { PixelMetrics } from '../metrics/pixel-metrics.ts';
import type { ThresholdRecord } from '../metrics/threshold-record.ts';
import type { ScoreComparison } from '../scores/compare-scores.ts';
import type { RunSnapshot } from './run-snapshot.ts';

/** How and where a run from a shell was made. */
export interface RunCircumstances {
  /** The data folder as given on the command line, or `sample`. */
  readonly source: string;
  /** Name and version of the browser. */
  readonly browser: string;
  readonly startedAt: Date;
  readonly loadMs: number;
  /** Folder of the evaluated model; undefined if one was trained. */
  readonly model: string | undefined;
  /**
   * Time for training including evaluations; if a model was given, time for evaluating it. Undefined in a race, whose contestants
   * share the device.
   */
  readonly workMs: number | undefined;
  /** The step of the checkpoint that the run went on from; undefined if it was not interrupted. */
  readonly resumedFromStep: number | undefined;
}

/** A trained run with the results of its last evaluation. */
export interface RunReport {
  readonly snapshot: RunSnapshot;
  readonly metrics: { readonly image: ImageMetrics; readonly pixel: PixelMetrics };
  /** The baselines, with the run's score; undefined if they are not computed. */
  readonly baselines: PlainBaselines | undefined;
  /** Every way of scoring; undefined if not requested. */
  readonly comparison: readonly ScoreComparison[] | undefined;
  /** The threshold, or the reason that it is undefined. */
  readonly threshold: ThresholdRecord | { readonly reason: string };
  /** SHA-256 of the images' files by path; images without a hash are absent. */
  readonly contentHashes: ReadonlyMap<string, string>;
  /** The masks of each image that has any, by path. */
  readonly maskPaths: ReadonlyMap<string, readonly string[]>;
  /** Undefined for a run that the page exports. */
  readonly circumstances?: RunCircumstances | undefined;
}
