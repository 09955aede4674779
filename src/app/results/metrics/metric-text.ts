/** Metrics as the page writes them. */
import type { Metric } from '#core/history.ts';
import type { BootstrapInterval } from '#core/metrics/bootstrap-interval.ts';
import type { ImageMetricValues } from '#core/metrics/image-metrics.ts';
import type { PixelMetricValues } from '#core/metrics/pixel-metrics.ts';

/** The content of a cell, and its hint: an interval, or the reason for a missing number. */
export interface MetricText {
  readonly text: string;
  readonly title?: string;
}

const places = 3;

const ofMetric = (metric: Metric): MetricText =>
  metric.defined ? { text: metric.value.toFixed(places) } : { text: 'undefined', title: metric.reason };

/** A bootstrap interval: `0.812–0.951`, or the reason for its absence. */
export const intervalText = (interval: BootstrapInterval): string =>
  interval.defined ? `${interval.lower.toFixed(places)}–${interval.upper.toFixed(places)}` : interval.reason;

/** The image metrics of one row: AUROC, average precision, F1-max. */
export const imageMetricTexts = (values: ImageMetricValues): readonly MetricText[] => {
  const { auroc, aurocInterval, averagePrecision, f1Maximum } = values;
  return [
    auroc.defined
      ? { text: auroc.value.toFixed(places), title: `95 % interval ${intervalText(aurocInterval)}` }
      : ofMetric(auroc),
    ofMetric(averagePrecision),
    f1Maximum.defined
      ? { text: f1Maximum.value.toFixed(places), title: `at score ${f1Maximum.threshold.toPrecision(4)}` }
      : { text: 'undefined', title: f1Maximum.reason },
  ];
};

/** The pixel metrics of one row: pixel AUROC, AU-PRO. */
export const pixelMetricTexts = (values: PixelMetricValues | undefined): readonly MetricText[] =>
  values ? [ofMetric(values.pixelAuroc), ofMetric(values.auPro)] : [{ text: '' }, { text: '' }];
