/** The sample category that the page opens with, rendered from a seed instead of files. */
import { type Category, type Sample, sampleCategoryName } from '#core/dataset.ts';
import { samplePlan } from './sample-plan.ts';

/** The subject of the sample category: a turned steel cover with a gasket, vents, screws, a label and holes. */
export type SampleKind = 'machined-part';

/**
 * The procedural sample category; its images are rendered when they are decoded.
 * @param _kind the kind of sample category; only one exists
 * @param seed a whole number: another seed gives another surface and other defects
 */
export const sampleCategory = (_kind: SampleKind = 'machined-part', seed = 1): Category => ({
  name: sampleCategoryName,
  samples: samplePlan.map(({ split, defect, number }, index): Sample => {
    const defectType = defect ?? 'good';
    const stem = String(number).padStart(3, '0');
    return {
      path: `${split}/${defectType}/${stem}.png`,
      split,
      defectType,
      anomalous: defect !== undefined,
      maskPath: defect && `ground_truth/${defect}/${stem}_mask.png`,
      source: { kind: 'synthetic', seed, index },
    };
  }),
  skippedFiles: [],
  notices: [],
});
