/** The defects of the sample category, each with the exact pixels that it covers. */
import { createRng, type Rng } from '#core/rng.ts';
import type { DefectPainter } from './defect-painter.ts';
import { blockedVent, misprint, missingHole, missingScrew } from './feature-defects.ts';
import type { PartScene } from './part-scene.ts';
import { contamination, scratch } from './surface-defects.ts';

/** Defect types, in the order of the test split. */
export const defectTypes = [
  'blocked_vent',
  'contamination',
  'misprint',
  'missing_hole',
  'missing_screw',
  'scratch',
] as const;
export type DefectType = (typeof defectTypes)[number];

const makers: Readonly<Record<DefectType, (scene: PartScene, rng: Rng) => DefectPainter>> = {
  blocked_vent: blockedVent,
  contamination,
  misprint,
  missing_hole: missingHole,
  missing_screw: missingScrew,
  scratch,
};

/** The defect of one sample: its place, size and shape are drawn from the seed. */
export const defectOf = (type: DefectType, scene: PartScene, index: number): DefectPainter =>
  makers[type](scene, createRng(scene.seed, `defect ${index}`));
