import { describe, expect, it } from 'vitest';
import { imageMetrics } from '#core/metrics/image-metrics.ts';
import type { PixelMetrics } from '#core/metrics/pixel-metrics.ts';
import { fakeEvaluation } from '#store/testing/fake-clients.ts';
import { metricsCsv, metricsHeader, metricsRows } from './metrics-csv.ts';

const labels = {
  defectTypes: ['good', 'good', 'good', 'dent', 'bend'],
  anomalous: [false, false, false, true, true],
};
const evaluation = fakeEvaluation(3, [1, 2, 4, 5, 3]);
const image = imageMetrics(evaluation.scores, labels, 0);

const images = { train: 40, trained: 36, heldOut: 4, test: 5, testGood: 3, testAnomalous: 2 };

const coverage = { images: 4, imagesWithoutMask: 1, regions: 2 };
const pixel: PixelMetrics = {
  overall: {
    ...coverage,
    pixelAuroc: { defined: true, value: 0.1 + 0.2 },
    auPro: { defined: true, value: 0.5 },
  },
  perDefectType: [
    {
      ...{ defectType: 'bend', images: 3, imagesWithoutMask: 1, regions: 0 },
      pixelAuroc: { defined: false, reason: 'no mask' },
      auPro: { defined: false, reason: 'no mask' },
    },
  ],
};

const provenance = {
  images,
  epochChoice: 'chosen-on-test',
  differencesFromPaper: ['Side 64 px.', 'Batch 8.'],
  difference: {
    defined: true,
    value: -0.25,
    interval: { defined: true, lower: -0.5, upper: 0.125 },
  },
} as const;

const column = (rows: ReturnType<typeof metricsRows>, name: (typeof metricsHeader)[number]) =>
  rows.map((row) => row[metricsHeader.indexOf(name)]);

describe('the metrics as CSV', () => {
  it('have a row for all images and one for each defect type, with all digits', () => {
    const rows = metricsRows(evaluation, image, undefined, provenance);
    expect(column(rows, 'images')).toEqual(['all', 'dent', 'bend']);
    // Pairs that are ordered right: the dent beats 3 of 3 good images, the bend 2 of 3.
    expect(column(rows, 'auroc')).toEqual([expect.closeTo(5 / 6, 15), 1, expect.closeTo(2 / 3, 15)]);
    // By recall: precision 1 at the dent, then at the bend 2 of the 3 that score most; of the bend alone 1 of 2.
    expect(column(rows, 'average_precision')).toEqual([expect.closeTo(5 / 6, 15), 1, 0.5]);
    expect(column(rows, 'f1_maximum_threshold')).toEqual([3, 5, 3]);
    expect(column(rows, 'epoch')).toEqual([3, 3, 3]);
    expect(column(rows, 'epoch_choice')).toEqual(Array(3).fill('chosen-on-test'));
    expect(column(rows, 'differs_from_paper')).toEqual(Array(3).fill('Side 64 px. Batch 8.'));
    expect(column(rows, 'score')).toEqual([evaluation.score, evaluation.score, evaluation.score]);
  });

  it('leave undefined and missing values empty', () => {
    expect(column(metricsRows(evaluation, image, undefined, provenance), 'pixel_auroc')).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const rows = metricsRows(evaluation, image, pixel, provenance);
    expect(column(rows, 'pixel_auroc')).toEqual([0.1 + 0.2, undefined, undefined]);
    expect(column(rows, 'pixel_images_without_mask')).toEqual([1, undefined, 1]);
    const oneClass = imageMetrics([1, 2], { defectTypes: ['good', 'good'], anomalous: [false, false] }, 0);
    const [all] = metricsRows(evaluation, oneClass, undefined, provenance);
    expect(all?.slice(0, 5)).toEqual(['all', ...Array.from({ length: 4 }, () => undefined)]);
    expect(all?.slice(8, 10)).toEqual([undefined, undefined]);
  });

  it('have the difference to the variation model beside the AUROC of all images', () => {
    const rows = metricsRows(evaluation, image, pixel, provenance);
    expect(column(rows, 'to_variation_model')).toEqual([-0.25, undefined, undefined]);
    expect(column(rows, 'to_variation_model_lower_95')).toEqual([-0.5, undefined, undefined]);
    expect(column(rows, 'to_variation_model_upper_95')).toEqual([0.125, undefined, undefined]);
  });

  it('are lines as long as the header', () => {
    const lines = metricsCsv(evaluation, image, pixel, provenance).split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(metricsHeader.join(','));
    expect(lines[1]).toContain(',0.30000000000000004,0.5,4,1,2,3,2,36,4,3,3,');
  });
});
