/** The metrics in `metrics.json`: a number, or null with the reason beside it. */
import type { PlainBaseline, PlainBaselines, PlainScored } from '../baselines/plain-baselines.ts';
import type { ReferenceFigures } from '../baselines/run-references.ts';
import type { Metric } from '../history.ts';
import type { ImageMetrics, ImageMetricValues } from '../metrics/image-metrics.ts';
import type { PairedDifference } from '../metrics/paired-difference.ts';
import type { PixelMetrics, PixelMetricValues } from '../metrics/pixel-metrics.ts';
import type { ScoreComparison } from '../scores/compare-scores.ts';

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

/** An AUROC with its interval. */
export const aurocJson = ({ imageAuroc, interval }: Omit<PlainScored, 'scores'>): object => ({
  ...entry('imageAuroc', imageAuroc),
  imageAurocInterval95: interval.defined ? [interval.lower, interval.upper] : null,
});

/** The run's AUROC minus that of the variation model, with the interval of a paired bootstrap. */
export const differenceJson = (difference: PairedDifference | undefined): object => {
  if (!difference) return {};
  if (!difference.defined) return { toVariationModel: null, toVariationModelUndefined: difference.reason };
  const { value, interval } = difference;
  return {
    toVariationModel: value,
    toVariationModelInterval95: interval.defined ? [interval.lower, interval.upper] : null,
  };
};

const referencesJson = ({ meanImage, variationModel, difference }: ReferenceFigures): object => ({
  meanImage: aurocJson(meanImage),
  variationModel: aurocJson(variationModel),
  ...differenceJson(difference),
});

const baselineJson = ({ name, deviation, settings, ...scored }: PlainBaseline): object => ({
  name,
  ...aurocJson(scored),
  ...(settings ? { settings } : {}),
  ...(deviation
    ? { deviation: deviation.defined ? aurocJson(deviation) : { undefined: deviation.reason } }
    : {}),
});

/** The baselines, which use no network. */
export const baselinesJson = (all: PlainBaselines): object => ({
  baselines: all.baselines.map(baselineJson),
  ...(all.withoutReferences === undefined
    ? { baselineGoodImages: all.goodImages, baselineCalibrationImages: all.calibrationImages }
    : { referencesUndefined: all.withoutReferences }),
  ...differenceJson(all.difference),
});

/** Each way of scoring, with its settings. */
export const comparisonJson = (comparison: readonly ScoreComparison[]): readonly object[] =>
  comparison.map(({ imageAuroc, averagePrecision, pixelAuroc, auPro, references, ...settings }) => ({
    ...settings,
    ...entry('imageAuroc', imageAuroc),
    ...entry('averagePrecision', averagePrecision),
    ...entry('pixelAuroc', pixelAuroc),
    ...entry('auPro', auPro),
    ...(references ? referencesJson(references) : {}),
  }));
