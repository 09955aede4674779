/** Shades the four features of the part's face: vents, two screws, a printed label and drilled holes. */
import { bench, blend, type Color, insideEdge, insideRadius, steel } from './color.ts';
import { type FeaturePlace, turnToFeature } from './feature-place.ts';
import { smoothStep } from './noise.ts';
import type { PartScene } from './part-scene.ts';

/** Lengths in pixels. */
export const vents = { count: 5, spacing: 20, halfWidth: 5.5, halfLength: 20 } as const;
export const screws = { count: 2, spacing: 52, recess: 20, head: 16, hexagon: 7.5 } as const;
export const label = { halfWidth: 42, halfHeight: 19, barHalfHeight: 13 } as const;
export const holes = { columns: 3, rows: 2, spacing: 23, radius: 8 } as const;

/** Offset of one of `count` items in a row from the row's center, in units of their spacing. */
export const rowOffset = (index: number, count: number): number => index - (count - 1) / 2;

const screwSteel = Float64Array.of(0.8, 0.8, 0.83);
const labelColor = Float64Array.of(0.93, 0.66, 0.2);
const ink = Float64Array.of(0.09, 0.09, 0.11);
const labelBrightness = 0.82;

/** Cells of the label in sequence: 1 is a printed bar. */
const bars = [1, 0, 1, 1, 0, 0, 1, 0, 1] as const;
const barWidth = 8;

/** Distance to a box with rounded corners; negative inside. */
const distanceToBox = (
  x: number,
  y: number,
  halfWidth: number,
  halfHeight: number,
  corner: number,
): number => {
  const outsideX = Math.abs(x) - halfWidth + corner;
  const outsideY = Math.abs(y) - halfHeight + corner;
  const cornerX = Math.max(outsideX, 0);
  const cornerY = Math.max(outsideY, 0);
  return (
    Math.sqrt(cornerX * cornerX + cornerY * cornerY) + Math.min(Math.max(outsideX, outsideY), 0) - corner
  );
};

/** Light in the frame of a feature: [along, outwards]. */
type Light = readonly [number, number];

const shadeVents = ({ along, outwards }: FeaturePlace, light: Light, target: Color): void => {
  for (let index = 0; index < vents.count; index++) {
    const side = rowOffset(index, vents.count) * vents.spacing;
    // The outer vents are shorter because the row follows the rim.
    const halfLength = vents.halfLength - 0.35 * Math.abs(side);
    const distance = distanceToBox(along - side, outwards, vents.halfWidth, halfLength, vents.halfWidth);
    if (distance > 3) continue;
    blend(target, steel, 0.62, insideEdge(distance - 1.3) * 0.5);
    const lit = ((along - side) * light[0] + 0.15 * outwards * light[1]) / vents.halfWidth;
    blend(target, bench, 0.2 - 0.16 * lit, insideEdge(distance));
  }
};

const shadeHoles = ({ along, outwards }: FeaturePlace, light: Light, target: Color): void => {
  for (let row = 0; row < holes.rows; row++) {
    for (let column = 0; column < holes.columns; column++) {
      const offsetAlong = along - rowOffset(column, holes.columns) * holes.spacing;
      const offsetOutwards = outwards - rowOffset(row, holes.rows) * holes.spacing;
      const distance = Math.sqrt(offsetAlong * offsetAlong + offsetOutwards * offsetOutwards);
      if (distance > holes.spacing / 2) continue;
      const lit = (offsetAlong * light[0] + offsetOutwards * light[1]) / holes.radius;
      blend(target, steel, 0.75 - 0.3 * lit, insideRadius(holes.radius + 1.8, distance) * 0.6);
      blend(target, steel, 0.1 - 0.08 * lit, insideRadius(holes.radius, distance));
    }
  }
};

/** Coverage of the printed bars. */
const inkCoverage = (along: number, outwards: number): number => {
  const start = -(bars.length * barWidth) / 2;
  const nearest = Math.floor((along - start) / barWidth);
  let coverage = 0;
  for (let cell = nearest - 1; cell <= nearest + 1; cell++) {
    if (bars[cell] === 1)
      coverage += insideEdge(Math.abs(along - start - (cell + 0.5) * barWidth) - barWidth / 2);
  }
  return Math.min(coverage, 1) * insideEdge(Math.abs(outwards) - label.barHalfHeight);
};

/** The label without its print. */
export const shadeBlankLabel = ({ along, outwards }: FeaturePlace, target: Color): number => {
  const coverage = insideEdge(distanceToBox(along, outwards, label.halfWidth, label.halfHeight, 5));
  blend(target, labelColor, labelBrightness, coverage);
  return coverage;
};

const shadeLabel = (place: FeaturePlace, target: Color): void => {
  const coverage = shadeBlankLabel(place, target);
  if (coverage > 0) blend(target, ink, 1, coverage * inkCoverage(place.along, place.outwards));
};

/** Center of a screw along its row. */
export const screwOffset = (index: number): number => rowOffset(index, screws.count) * screws.spacing;

const shadeScrew = (
  along: number,
  outwards: number,
  light: Light,
  hexagonAngle: number,
  target: Color,
): void => {
  const distance = Math.sqrt(along * along + outwards * outwards);
  const recess = insideRadius(screws.recess, distance);
  if (recess === 0) return;
  const lit = (along * light[0] + outwards * light[1]) / Math.max(distance, 1e-6);
  // The counterbore's wall: dark toward the light, bright away from it.
  blend(target, steel, 0.2 - 0.13 * lit, recess);
  const head = insideRadius(screws.head, distance);
  blend(target, screwSteel, 0.72 + 0.03 * Math.sin(distance * 2.1), head);
  const rim = head * smoothStep(screws.head - 3.2, screws.head - 1.2, distance);
  blend(target, screwSteel, 0.66 + 0.36 * lit, rim);
  const angle = Math.atan2(outwards, along) - hexagonAngle;
  const sector = angle - Math.round(angle / (Math.PI / 3)) * (Math.PI / 3);
  const toFlat = distance * Math.cos(sector);
  const hexagon = insideRadius(screws.hexagon, toFlat);
  blend(target, screwSteel, 0.16 - 0.16 * lit * smoothStep(1, screws.hexagon, toFlat), hexagon);
};

/** The floor of a screw's counterbore, visible if the screw is missing. */
export const shadeEmptyRecess = (
  scene: PartScene,
  { feature, along, outwards }: FeaturePlace,
  index: number,
  target: Color,
): number => {
  const offset = along - screwOffset(index);
  const distance = Math.sqrt(offset * offset + outwards * outwards);
  const coverage = insideRadius(screws.head, distance);
  if (coverage === 0) return 0;
  const light = turnToFeature(scene, feature, scene.lightX, scene.lightY);
  const lit = -(offset * light[0] + outwards * light[1]) / screws.recess;
  blend(target, steel, 0.3 + 0.14 * lit, coverage);
  const thread = 0.5 + 0.5 * Math.cos(distance * 3.2 + Math.atan2(outwards, offset));
  blend(
    target,
    steel,
    0.07 + 0.1 * thread * smoothStep(2, 6, distance) + 0.1 * lit,
    coverage * insideRadius(8, distance),
  );
  return coverage;
};

/** Shades the feature at a place over the steel of the face. */
export const shadeFeature = (scene: PartScene, place: FeaturePlace, target: Color): void => {
  if (place.feature === 'label') {
    shadeLabel(place, target);
    return;
  }
  const light = turnToFeature(scene, place.feature, scene.lightX, scene.lightY);
  if (place.feature === 'vents') shadeVents(place, light, target);
  else if (place.feature === 'holes') shadeHoles(place, light, target);
  else
    for (let index = 0; index < screws.count; index++)
      shadeScrew(place.along - screwOffset(index), place.outwards, light, scene.hexagonAngles[index], target);
};
