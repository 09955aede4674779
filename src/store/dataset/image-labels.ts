/** What the metrics need to know of the test images. */
import type { SampleInfo } from '#core/dataset.ts';
import type { ImageLabels } from '#core/metrics/per-defect-type.ts';

/** Labels of these samples, in their order. */
export const labelsOfAll = (samples: readonly SampleInfo[]): ImageLabels => ({
  defectTypes: samples.map(({ defectType }) => defectType),
  anomalous: samples.map(({ anomalous }) => anomalous),
});

/** Labels of the test images among `samples`, in the order of an evaluation's scores. */
export const labelsOf = (samples: readonly SampleInfo[]): ImageLabels =>
  labelsOfAll(samples.filter(({ split }) => split === 'test'));
