/** What the page knows of images: the loaded category, a load under way, a drop that holds several. */
import type { Category, SampleInfo, SetAside } from '#core/dataset.ts';
import type { PlainError } from '#core/errors.ts';
import type { DataFacts } from '#core/paper-differences/data-facts.ts';
import type { ShareDone } from '#core/share-clock.ts';
import type { Thumbnails } from '#worker/dataset-client.ts';
import type { MeanSpectrum } from '#worker/protocol.ts';
import type { DatasetSummary } from './summary.ts';

/** The decoded category that the training worker holds. */
export interface LoadedDataset {
  readonly category: Category;
  /** Side S in pixels at which the images were decoded. */
  readonly side: number;
  /** The decoded samples; indices into it are the sample indices of scores, views and thumbnails. */
  readonly samples: readonly SampleInfo[];
  readonly summary: DatasetSummary;
  /** Counts and duplicates; undefined where they are not known. */
  readonly facts: DataFacts | undefined;
  /** Files of the drop that belong to no category. */
  readonly outside: readonly SetAside[];
  /** Every file that was not taken, those outside first, and why. */
  readonly setAside: readonly SetAside[];
  readonly notices: readonly string[];
  readonly thumbnails: Thumbnails;
}

/** A decoding under way. */
export interface DatasetLoading {
  readonly name: string;
  readonly side: number;
  /** Images decoded so far. */
  readonly done: number;
  readonly total: number;
}

/** A drop that holds several categories: the page asks which. */
export interface PendingChoice {
  readonly categories: readonly Category[];
  readonly setAside: readonly SetAside[];
}

export type MeanSpectrumState =
  | { readonly phase: 'unknown' }
  /** `progress` is undefined where it is short. */
  | { readonly phase: 'asked'; readonly progress: ShareDone | undefined }
  /** Called off by the user. */
  | { readonly phase: 'stopped' }
  | { readonly phase: 'ready'; readonly spectrum: MeanSpectrum }
  | { readonly phase: 'failed'; readonly error: PlainError };

export interface DatasetState {
  /** Stays as it is when a later load fails. */
  readonly loaded: LoadedDataset | undefined;
  readonly loading: DatasetLoading | undefined;
  readonly pending: PendingChoice | undefined;
  /** Mean spectrum of the loaded training images; computed when it is first needed. */
  readonly meanSpectrum: MeanSpectrumState;
  readonly error: PlainError | undefined;
}

export const initialDataset: DatasetState = {
  loaded: undefined,
  loading: undefined,
  pending: undefined,
  meanSpectrum: { phase: 'unknown' },
  error: undefined,
};
