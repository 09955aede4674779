/** All image-level metrics of one set of scores, overall and for each defect type. */
import type { Metric } from '../history.ts';
import { imageAuroc } from './auroc.ts';
import { averagePrecision } from './average-precision.ts';
import { type BootstrapInterval, bootstrapAurocInterval } from './bootstrap-interval.ts';
import { type F1Maximum, f1Maximum } from './f1-maximum.ts';
import { type ImageLabels, type OfDefectType, perDefectType } from './per-defect-type.ts';

/** The image-level metrics of some images. */
export interface ImageMetricValues {
  readonly auroc: Metric;
  /** 95 % bootstrap interval of `auroc`. */
  readonly aurocInterval: BootstrapInterval;
  readonly averagePrecision: Metric;
  readonly f1Maximum: F1Maximum;
}

export interface ImageMetrics {
  readonly overall: ImageMetricValues;
  readonly perDefectType: readonly OfDefectType<ImageMetricValues>[];
}

/**
 * AUROC with its interval, average precision and F1-max.
 * @param scores one score per image, any range; higher means more anomalous
 * @param labels defect type and class of each image
 * @param seed seed of the bootstrap's draws
 * @throws RangeError if the lists differ in length
 */
export const imageMetrics = (scores: ArrayLike<number>, labels: ImageLabels, seed: number): ImageMetrics => {
  const evaluate = (some: ArrayLike<number>, anomalous: readonly boolean[]): ImageMetricValues => ({
    auroc: imageAuroc(some, anomalous),
    aurocInterval: bootstrapAurocInterval(some, anomalous, { seed }),
    averagePrecision: averagePrecision(some, anomalous),
    f1Maximum: f1Maximum(some, anomalous),
  });
  return {
    overall: evaluate(scores, labels.anomalous),
    perDefectType: perDefectType(scores, labels, evaluate),
  };
};
