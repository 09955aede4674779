/** What the metrics need to know of the test images. */
import type { SampleInfo } from '#core/dataset.ts';
import type { ImageLabels } from '#core/metrics/per-defect-type.ts';

/** Labels of the test images among `samples`, in the order of an evaluation's scores. */
export const labelsOf = (samples: readonly SampleInfo[]): ImageLabels => {
  const tested = samples.filter(({ split }) => split === 'test');
  return {
    defectTypes: tested.map(({ defectType }) => defectType),
    anomalous: tested.map(({ anomalous }) => anomalous),
  };
};
