/** Metrics as `metrics.json` holds them: a number, or null with the reason beside it. */
import type { Metric } from '#core/history.ts';
import type { ImageMetrics, ImageMetricValues } from '#core/metrics/image-metrics.ts';
import type { PixelMetrics, PixelMetricValues } from '#core/metrics/pixel-metrics.ts';
import type { ScoreComparison } from '#core/scores/compare-scores.ts';

const entry = (name: string, metric: Metric): object =>
  metric.defined ? { [name]: metric.value } : { [name]: null, [`${name}Undefined`]: metric.reason };

const imageJson = ({ auroc, aurocInterval, averagePrecision, f1Maximum }: ImageMetricValues): object => ({
  ...entry('imageAuroc', auroc),
  imageAurocInterval95: aurocInterval.defined ? [aurocInterval.lower, aurocInterval.upper] : null,
  ...entry('averagePrecision', averagePrecision),
  ...entry('f1Maximum', f1Maximum),
  ...(f1Maximum.defined ? { f1MaximumThreshold: f1Maximum.threshold } : {}),
});

const pixelJson = ({ pixelAuroc, auPro, imagesWithoutMask, regions }: PixelMetricValues): object => ({
  ...entry('pixelAuroc', pixelAuroc),
  ...entry('auPro', auPro),
  imagesWithoutMask,
  regions,
});

/** All metrics of one evaluation, overall and for each defect type. */
export const metricsJson = ({
  image,
  pixel,
}: {
  readonly image: ImageMetrics;
  readonly pixel: PixelMetrics;
}): object => ({
  ...imageJson(image.overall),
  ...pixelJson(pixel.overall),
  perDefectType: image.perDefectType.map(({ defectType, images, value }) => {
    const ofPixels = pixel.perDefectType.find((candidate) => candidate.defectType === defectType);
    return { defectType, images, ...imageJson(value), ...(ofPixels ? pixelJson(ofPixels) : {}) };
  }),
});

/** Each way of scoring with the settings that it used. */
export const comparisonJson = (comparison: readonly ScoreComparison[]): readonly object[] =>
  comparison.map(({ imageAuroc, averagePrecision, pixelAuroc, auPro, ...settings }) => ({
    ...settings,
    ...entry('imageAuroc', imageAuroc),
    ...entry('averagePrecision', averagePrecision),
    ...entry('pixelAuroc', pixelAuroc),
    ...entry('auPro', auPro),
  }));
