/** The loaded category, the loading under way, and a drop with several categories. */
import type { Category, MappedFiles, SampleInfo, SkippedFile } from '#core/dataset.ts';
import type { PlainError } from '#core/errors.ts';
import type { Framing } from '#core/fit.ts';
import type { DataFacts } from '#core/paper-differences/data-facts.ts';
import type { ShareDone } from '#core/share-clock.ts';
import type { Thumbnails } from '#worker/dataset-client.ts';
import type { MeanSpectrum } from '#worker/protocol.ts';

/** Number of samples in one folder of a split. */
export interface FolderCount {
  readonly defectType: string;
  readonly anomalous: boolean;
  readonly count: number;
  readonly masks: number;
}

/** One size of the original images, in pixels. */
export interface SizeCount {
  readonly width: number;
  readonly height: number;
  readonly count: number;
}

/** The counts of a decoded category. */
export interface DatasetSummary {
  readonly trainCount: number;
  readonly testCount: number;
  readonly testGoodCount: number;
  readonly testAnomalousCount: number;
  /** Folders of the test split: good first, then the defect types by name. */
  readonly testFolders: readonly FolderCount[];
  /** Sizes of the files, the most frequent first. */
  readonly sizes: readonly SizeCount[];
  /** Anomalous test images with a mask. */
  readonly masksFound: number;
  /** Anomalous test images without a mask. */
  readonly masksMissing: number;
}

/** The decoded category that the training worker holds. */
export interface LoadedDataset extends Framing {
  readonly category: Category;
  /** The decoded samples. Scores, views and thumbnails refer to them by index. */
  readonly samples: readonly SampleInfo[];
  readonly summary: DatasetSummary;
  /** Counts and duplicates; undefined if unknown. */
  readonly facts: DataFacts | undefined;
  /** SHA-256 of the images' files by path; images without a hash are absent. */
  readonly contentHashes: ReadonlyMap<string, string>;
  /** Files of the drop that belong to no category. */
  readonly outside: readonly SkippedFile[];
  /** Every skipped file with the reason; files that belong to no category come first. */
  readonly skippedFiles: readonly SkippedFile[];
  readonly notices: readonly string[];
  readonly thumbnails: Thumbnails;
}

/** A decoding under way. */
export interface DatasetLoading {
  readonly name: string;
  readonly side: number;
  /** Images decoded so far; of an archive that is being opened, percent. */
  readonly done: number;
  readonly total: number;
  /** Whether an archive is being opened: nothing is decoded yet. */
  readonly opening?: boolean;
}

/** A drop with several categories: the page asks for one. */
export interface PendingChoice {
  readonly categories: readonly Category[];
  readonly skippedFiles: readonly SkippedFile[];
}

/** A category in a layout other than MVTec's: the page asks which images are what. */
export interface AskedMapping {
  readonly mapped: MappedFiles;
  /** Files of the drop that belong to no category. */
  readonly outside: readonly SkippedFile[];
}

export type MeanSpectrumState =
  | { readonly phase: 'unknown' }
  /** `progress` is undefined if the work is short. */
  | { readonly phase: 'asked'; readonly progress: ShareDone | undefined }
  /** Canceled by the user. */
  | { readonly phase: 'stopped' }
  | { readonly phase: 'ready'; readonly spectrum: MeanSpectrum }
  | { readonly phase: 'failed'; readonly error: PlainError };

export interface DatasetState {
  /** Stays if a later load fails. */
  readonly loaded: LoadedDataset | undefined;
  readonly loading: DatasetLoading | undefined;
  readonly pending: PendingChoice | undefined;
  readonly asked: AskedMapping | undefined;
  /** Mean spectrum of the loaded training images, computed when it is first shown. */
  readonly meanSpectrum: MeanSpectrumState;
  readonly error: PlainError | undefined;
}

export const initialDataset: DatasetState = {
  loaded: undefined,
  loading: undefined,
  pending: undefined,
  asked: undefined,
  meanSpectrum: { phase: 'unknown' },
  error: undefined,
};

/** Counts the samples of a decoded category. */
export const summarizeDataset = (samples: readonly SampleInfo[]): DatasetSummary => {
  const test = samples.filter(({ split }) => split === 'test');
  const anomalous = test.filter((sample) => sample.anomalous);
  const folders = new Map<string, FolderCount>();
  for (const { defectType, anomalous, hasMask } of test) {
    const before = folders.get(defectType) ?? { defectType, anomalous, count: 0, masks: 0 };
    const masks = before.masks + (hasMask ? 1 : 0);
    folders.set(defectType, { ...before, count: before.count + 1, masks });
  }
  const sizes = new Map<string, SizeCount>();
  for (const { width, height } of samples) {
    const key = `${width} ${height}`;
    sizes.set(key, { width, height, count: (sizes.get(key)?.count ?? 0) + 1 });
  }
  const masksFound = anomalous.filter(({ hasMask }) => hasMask).length;
  return {
    trainCount: samples.length - test.length,
    testCount: test.length,
    testGoodCount: test.length - anomalous.length,
    testAnomalousCount: anomalous.length,
    testFolders: [...folders.values()].sort(
      (a, b) => Number(a.anomalous) - Number(b.anomalous) || a.defectType.localeCompare(b.defectType),
    ),
    sizes: [...sizes.values()].sort((a, b) => b.count - a.count),
    masksFound,
    masksMissing: anomalous.length - masksFound,
  };
};
