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

/** Pixel metrics of some images, with the numbers of images and regions behind them. */
export interface PixelMetricValues extends PixelCoverage {
  readonly pixelAuroc: Metric;
  /** With the benchmark's false positive limit of 0.3. */
  readonly auPro: Metric;
}

export interface PixelMetrics {
  readonly overall: PixelMetricValues;
  /** Each defect type's images with all good ones, in the order of first appearance. */
  readonly perDefectType: readonly (PixelMetricValues & { readonly defectType: string })[];
}

export interface PixelMetricsOptions {
  /**
   * Called and awaited between stages of some 10 to 300 ms with the fraction done, 0 to 1. A worker handles its messages here,
   * so an abort can arrive.
   */
  readonly onProgress?: (share: number) => void | Promise<void>;
  /** Aborting rejects with the signal's reason between stages. */
  readonly signal?: AbortSignal;
}

/** Fraction of the time spent on ranking; the walks need the rest. */
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
 * Computes exact pixel AUROC and AU-PRO, overall and for each defect type (its images with the good ones).
 * All pixels are sorted once, normal ones in a group per defect type. Every metric is then a walk along the sorted groups.
 * Memory besides the maps and masks: at most 8 bytes per pixel and 36 bytes per defect pixel. For 167 maps of 256 x 256 (11
 * million pixels) that is at most 100 MB, or 60 MB if no defect type has most of the images.
 * @param images test images in any order; anomalous ones without a mask are omitted and counted
 * @param side S of maps and masks without a size of their own, in pixels
 * @returns metrics; undefined, with the reason, without an anomalous image, a mask, a defect pixel or a normal pixel
 * @throws ResiduaError (as rejection) `non-finite-score`, naming the first image and pixel with a non-finite score
 * @throws RangeError (as rejection) if a map or a mask has another size; the signal's reason if it was aborted
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
