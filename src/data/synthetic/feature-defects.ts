/** Defects of the features: blocked vents, holes that were not drilled, a missing screw or print. */
import type { Rng } from '#core/rng.ts';
import { blend } from './color.ts';
import { between, type DefectPainter, paintInside } from './defect-painter.ts';
import { type Feature, featurePlace } from './feature-place.ts';
import { holes, rowOffset, screws, shadeBlankLabel, shadeEmptyRecess, vents } from './part-features.ts';
import type { PartScene } from './part-scene.ts';
import { shadePart } from './shade-part.ts';

const below = (rng: Rng, count: number): number => Math.floor(rng.uniform() * count);

/** Plain steel in a window of a feature; the center and half sizes are in pixels. */
const plainWindow = (
  scene: PartScene,
  feature: Feature,
  [middleAlong, middleOutwards]: readonly [number, number],
  [halfAlong, halfOutwards]: readonly [number, number],
): DefectPainter => {
  const plain = new Float64Array(3);
  return (x, y, target) => {
    const place = featurePlace(scene, x, y);
    if (place.feature !== feature) return 0;
    if (Math.abs(place.along - middleAlong) >= halfAlong) return 0;
    if (Math.abs(place.outwards - middleOutwards) >= halfOutwards) return 0;
    return paintInside(target, 1, () => {
      shadePart(scene, x, y, plain, { features: false });
      blend(target, plain, 1, 1);
    });
  };
};

/** One or two neighboring vents that were not cut. */
export const blockedVent = (scene: PartScene, rng: Rng): DefectPainter => {
  const blocked = 1 + below(rng, 2);
  const first = below(rng, vents.count - blocked + 1);
  const middle = rowOffset(first + (blocked - 1) / 2, vents.count) * vents.spacing;
  return plainWindow(scene, 'vents', [middle, 0], [(blocked * vents.spacing) / 2, vents.halfLength + 3]);
};

/** One hole, or two neighbors, that were not drilled. */
export const missingHole = (scene: PartScene, rng: Rng): DefectPainter => {
  const column = rowOffset(below(rng, holes.columns), holes.columns) * holes.spacing;
  const row = rowOffset(below(rng, holes.rows), holes.rows) * holes.spacing;
  const both = rng.uniform() < 0.5;
  return plainWindow(
    scene,
    'holes',
    [column, both ? 0 : row],
    [holes.spacing / 2, both ? holes.spacing : holes.spacing / 2],
  );
};

/** A part of the label where the printer omitted bars. */
export const misprint = (scene: PartScene, rng: Rng): DefectPainter => {
  const middle = between(rng, -20, 20);
  const half = between(rng, 8, 13);
  return (x, y, target) => {
    const place = featurePlace(scene, x, y);
    if (place.feature !== 'label' || Math.abs(place.along - middle) > half) return 0;
    return paintInside(target, 1, () => {
      shadeBlankLabel(place, target);
    });
  };
};

/** A missing screw. */
export const missingScrew = (scene: PartScene, rng: Rng): DefectPainter => {
  const missing = below(rng, screws.count);
  return (x, y, target) => {
    const place = featurePlace(scene, x, y);
    return place.feature === 'screws' ? shadeEmptyRecess(scene, place, missing, target) : 0;
  };
};
