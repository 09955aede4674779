/** Pixel AUROC and AU-PRO of a test set, overall and for each defect type, from one sort of its pixels. */
import type { Metric } from '../history.ts';
import { auPro } from './au-pro.ts';
import { pixelAuroc } from './pixel-auroc.ts';
import {
  coverageOf,
  type PixelCoverage,
  pixelOperatingPoints,
  selectGroups,
} from './pixel-operating-points.ts';
import { type PixelRanking, rankPixels, type ScoredMap } from './pixel-ranking.ts';

/** Pixel metrics of some images, and how many images and regions they are made of. */
export interface PixelMetricValues extends PixelCoverage {
  readonly pixelAuroc: Metric;
  /** With the benchmark's false positive limit of 0.3. */
  readonly auPro: Metric;
}

export interface PixelMetrics {
  readonly overall: PixelMetricValues;
  /** Each defect type's images with the good ones, in the order of first appearance. */
  readonly perDefectType: readonly (PixelMetricValues & { readonly defectType: string })[];
}

export interface PixelMetricsOptions {
  /**
   * Called between stages of some 10 to 300 ms with the share done, 0 to 1, and awaited: a worker lets its messages in here,
   * so that an abort can arrive.
   */
  readonly onProgress?: (share: number) => void | Promise<void>;
  /** Aborting rejects between stages with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Share of the time that ranking takes; the rest is the walks. */
const rankingShare = 0.8;

const evaluate = (ranking: PixelRanking, defectType?: string): PixelMetricValues => {
  const selection = selectGroups(ranking, defectType);
  const points = pixelOperatingPoints(ranking, selection);
  return { ...coverageOf(ranking, selection), pixelAuroc: pixelAuroc(points), auPro: auPro(points) };
};

function* evaluateStages(images: readonly ScoredMap[], side: number): Generator<number, PixelMetrics> {
  const ranks = rankPixels(images, side);
  let rank = ranks.next();
  for (; !rank.done; rank = ranks.next()) yield rankingShare * rank.value;
  const ranking = rank.value;
  const defectTypes = ranking.groups.flatMap(({ defectType }) =>
    defectType === undefined ? [] : [defectType],
  );
  const walks = defectTypes.length + 1;
  const overall = evaluate(ranking);
  yield rankingShare + (1 - rankingShare) / walks;
  const perDefectType: (PixelMetricValues & { defectType: string })[] = [];
  for (const defectType of defectTypes) {
    perDefectType.push({ defectType, ...evaluate(ranking, defectType) });
    yield rankingShare + ((1 - rankingShare) * (perDefectType.length + 1)) / walks;
  }
  return { overall, perDefectType };
}

/**
 * Pixel AUROC and AU-PRO, exact, overall and for each defect type (its images against the good ones).
 * All pixels are sorted once, normal ones a group for each defect type; every metric is then a walk along the sorted groups.
 * Memory beside the maps and masks, which are read only: at most 8 bytes a pixel and 36 bytes a defect pixel; 100 MB for 167
 * maps of 256 x 256 (11 million pixels) at most, 60 MB where no defect type has most of the images.
 * @param images test images in any order; anomalous ones without a mask are left out and counted
 * @param side S of all maps and masks, in pixels
 * @returns metrics, undefined with their reason if there is no anomalous image, no mask, no defect pixel or no normal pixel
 * @throws ResiduaError (as rejection) `non-finite-score`, naming the first image and pixel whose score is not finite
 * @throws RangeError (as rejection) if a map or a mask is not [S, S]; the signal's reason where it was aborted
 */
export const pixelMetrics = async (
  images: readonly ScoredMap[],
  side: number,
  { onProgress, signal }: PixelMetricsOptions = {},
): Promise<PixelMetrics> => {
  signal?.throwIfAborted();
  const stages = evaluateStages(images, side);
  let stage = stages.next();
  for (; !stage.done; stage = stages.next()) {
    await onProgress?.(stage.value);
    signal?.throwIfAborted();
  }
  return stage.value;
};
