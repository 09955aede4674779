/** The counts that a user checks before training. */
import type { SampleInfo } from '#core/dataset.ts';

/** Samples of one folder of a split. */
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

/** What a decoded category holds. */
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

/** Counts the samples of a decoded category. */
export const summariseDataset = (samples: readonly SampleInfo[]): DatasetSummary => {
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
