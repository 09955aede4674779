/** One run of a table: a category, a loss and a seed, and what became of it. */
import type { ReferenceFigures } from '../baselines/run-references.ts';
import type { LossName, RunConfig } from '../config.ts';
import type { PlainError } from '../errors.ts';
import type { Metric } from '../history.ts';
import type { DataFacts } from '../paper-differences/data-facts.ts';

/** An interval around one run's image AUROC, or why there is none. */
export type ScoreInterval =
  | { readonly defined: true; readonly lower: number; readonly upper: number }
  | { readonly defined: false; readonly reason: string };

/** What a run has given. */
export interface EntryResult {
  /** Image AUROC of the last evaluation; undefined if the category's test images do not allow one. */
  readonly imageAuroc: Metric;
  /** Bootstrap 95 % interval of it over the test images. */
  readonly interval: ScoreInterval;
  /** Images that the run was trained on; those of the category's training split in tables of before settings held any out. */
  readonly trainImages: number;
  readonly testImages: number;
  /** Images of the category that could not be read and were left out. */
  readonly unreadable: number;
  /** What is known of its images as data; undefined in tables of before it was kept. */
  readonly data?: DataFacts | undefined;
  /** Images that passed through the model at once; undefined as above, and where nothing was trained. */
  readonly microBatch?: number | undefined;
  /** Epochs trained; 0 where there was nothing to measure, so that no training was done. */
  readonly epochs: number;
  /** Time of decoding, training and evaluating, without pauses. */
  readonly elapsedMs: number;
  /** What needs no network, on the same test images; undefined if it was cancelled, failed, or is not kept. */
  readonly references?: ReferenceFigures | undefined;
  /** The device that trained it, in words. */
  readonly device: string;
}

/** What became of an entry: `skipped` is by the user's wish. */
export type EntryState =
  | { readonly state: 'waiting' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly result: EntryResult }
  | { readonly state: 'failed'; readonly error: PlainError }
  | { readonly state: 'skipped'; readonly reason: string };

/** One planned run. */
export interface QueueEntry {
  /** Unique in a table: category, loss and seed. */
  readonly id: string;
  readonly category: string;
  /** Images of the category as it was when the run was planned, both splits. */
  readonly imageCount: number;
  /** Images that are trained on: what the time of a run goes with. */
  readonly trainCount: number;
  readonly loss: LossName;
  readonly seed: number;
  /** All settings of the run, loss and seed included. */
  readonly config: RunConfig;
  readonly outcome: EntryState;
  /** Time that an unfinished run has already taken, before it was paused. */
  readonly spentMs: number;
}
