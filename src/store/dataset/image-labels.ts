/** Labels of images, as the metrics need them. */
import type { SampleInfo } from '#core/dataset.ts';
import type { ImageLabels } from '#core/metrics/per-defect-type.ts';

/** Returns the labels of these samples, in their order. */
export const labelsOfAll = (samples: readonly SampleInfo[]): ImageLabels => ({
  defectTypes: samples.map(({ defectType }) => defectType),
  anomalous: samples.map(({ anomalous }) => anomalous),
});

/** Returns the labels of the test images among `samples`, in the order of an evaluation's scores. */
export const labelsOf = (samples: readonly SampleInfo[]): ImageLabels =>
  labelsOfAll(samples.filter(({ split }) => split === 'test'));
