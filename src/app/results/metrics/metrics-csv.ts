/** All metrics of an evaluation as CSV: overall and for each defect type, with the settings of the measurement. */
import { type CsvValue, toCsv } from '#core/csv.ts';
import type { EpochChoice } from '#core/epoch-choice.ts';
import type { Evaluation, Metric } from '#core/history.ts';
import type { ImagesUsed } from '#core/images-used.ts';
import type { ImageMetrics, ImageMetricValues } from '#core/metrics/image-metrics.ts';
import type { PairedDifference } from '#core/metrics/paired-difference.ts';
import type { PixelMetrics, PixelMetricValues } from '#core/metrics/pixel-metrics.ts';
import { differenceCells } from '../../shared/difference.ts';

export const metricsHeader = [
  ...['images', 'auroc', 'auroc_lower_95', 'auroc_upper_95', 'average_precision'],
  ...['to_variation_model', 'to_variation_model_lower_95', 'to_variation_model_upper_95'],
  ...['f1_maximum', 'f1_maximum_threshold', 'pixel_auroc', 'au_pro'],
  ...['pixel_images', 'pixel_images_without_mask', 'pixel_regions'],
  ...['test_good', 'test_anomalous', 'trained', 'held_out'],
  ...['epoch', 'step', 'batch_norm', 'score', 'band_low', 'band_high', 'blur_sigma', 'top_percent'],
  ...['epoch_choice', 'differs_from_paper'],
] as const;

const definedOrEmpty = (metric: Metric | undefined): CsvValue => (metric?.defined ? metric.value : undefined);

const imageCells = (
  { auroc, aurocInterval, averagePrecision, f1Maximum }: ImageMetricValues,
  difference: PairedDifference | undefined,
) => [
  definedOrEmpty(auroc),
  ...(aurocInterval.defined ? [aurocInterval.lower, aurocInterval.upper] : [undefined, undefined]),
  definedOrEmpty(averagePrecision),
  ...differenceCells(difference),
  ...(f1Maximum.defined ? [f1Maximum.value, f1Maximum.threshold] : [undefined, undefined]),
];

const pixelCells = (values: PixelMetricValues | undefined) => [
  definedOrEmpty(values?.pixelAuroc),
  definedOrEmpty(values?.auPro),
  values?.images,
  values?.imagesWithoutMask,
  values?.regions,
];

/** The context of an evaluation, besides its settings. */
export interface Provenance {
  /** The images of the run. */
  readonly images: ImagesUsed;
  readonly epochChoice: EpochChoice;
  /** The difference from the variation model over all images; undefined if unknown. */
  readonly difference: PairedDifference | undefined;
  /** Those of the run at this evaluation. */
  readonly differencesFromPaper: readonly string[];
}

/**
 * The row `all`, then one per defect type against the good images.
 * @param pixel undefined if they are not computed: their cells are empty, like those of undefined metrics
 */
export const metricsRows = (
  evaluation: Evaluation,
  image: ImageMetrics,
  pixel: PixelMetrics | undefined,
  { images, epochChoice, difference, differencesFromPaper }: Provenance,
): readonly (readonly CsvValue[])[] => {
  const { epoch, step, batchNorm, score, bandLow, bandHigh, blurSigma, topPercent } = evaluation;
  const { testGood, testAnomalous, trained, heldOut } = images;
  const made = [
    ...[testGood, testAnomalous, trained, heldOut],
    ...[epoch, step, batchNorm, score, bandLow, bandHigh, blurSigma, topPercent],
    ...[epochChoice, differencesFromPaper.join(' ')],
  ];
  return [
    ['all', ...imageCells(image.overall, difference), ...pixelCells(pixel?.overall), ...made],
    ...image.perDefectType.map(({ defectType, value }) => [
      defectType,
      ...imageCells(value, undefined),
      ...pixelCells(pixel?.perDefectType.find((entry) => entry.defectType === defectType)),
      ...made,
    ]),
  ];
};

/** The same table as CSV text. */
export const metricsCsv = (...args: Parameters<typeof metricsRows>): string =>
  toCsv(metricsHeader, metricsRows(...args));
