/** One run of a table (a category, a loss and a seed) and its outcome. */
import type { ReferenceFigures } from '../baselines/run-references.ts';
import type { LossName, RunConfig } from '../config.ts';
import type { PlainError } from '../errors.ts';
import type { Metric } from '../history.ts';
import type { DataFacts } from '../paper-differences/data-facts.ts';

/** An interval around one run's image AUROC, or the reason that it is undefined. */
export type ScoreInterval =
  | { readonly defined: true; readonly lower: number; readonly upper: number }
  | { readonly defined: false; readonly reason: string };

/** The result of a run. */
export interface EntryResult {
  /** Image AUROC of the last evaluation; undefined if the category's test images do not allow one. */
  readonly imageAuroc: Metric;
  /** Bootstrap 95 % interval of that AUROC over the test images. */
  readonly interval: ScoreInterval;
  /** Trained images; in older tables, from before hold-outs, all images of the training split. */
  readonly trainImages: number;
  readonly testImages: number;
  /** Images of the category that could not be read and were skipped. */
  readonly unreadable: number;
  /** Counts and duplicates of its images; undefined in older tables. */
  readonly data?: DataFacts | undefined;
  /** Images that passed through the model at once; undefined in older tables, or if nothing was trained. */
  readonly microBatch?: number | undefined;
  /** Epochs trained; 0 if nothing could be measured, so no training was done. */
  readonly epochs: number;
  /** Time for decoding, training and evaluating, without pauses. */
  readonly elapsedMs: number;
  /** The references on the same test images; undefined if they were canceled, failed, or not stored. */
  readonly references?: ReferenceFigures | undefined;
  /** The device that trained it, in words. */
  readonly device: string;
}

/** The outcome of an entry; `skipped` is the user's choice. */
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
  /** Images of the category in both splits when the run was planned. */
  readonly imageCount: number;
  /** Trained images; the time of a run is proportional to them. */
  readonly trainCount: number;
  readonly loss: LossName;
  readonly seed: number;
  /** All settings of the run, including loss and seed. */
  readonly config: RunConfig;
  readonly outcome: EntryState;
  /** Time spent on an unfinished run before it was paused. */
  readonly spentMs: number;
}
