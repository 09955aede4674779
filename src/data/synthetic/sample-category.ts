/** The sample category that the page opens with: drawn from a seed, shipped as code, no files. */
import type { Category, Sample } from '#core/dataset.ts';
import { samplePlan } from './sample-plan.ts';

/** What the sample category shows: a turned steel cover with a gasket, vents, screws, a label and holes. */
export type SampleKind = 'machined-part';

/** Name of the sample category. */
export const sampleCategoryName = 'sample-part';

/**
 * The procedural sample category; its images are drawn when they are decoded.
 * @param _kind there is one kind so far
 * @param seed whole number: another seed gives another part's surface and other defects
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
  setAside: [],
  notices: [],
});
