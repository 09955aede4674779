/** The defects of the sample category, each with the exact pixels that it covers. */
import { createRng, type Rng } from '#core/rng.ts';
import { hashNoise, smoothStep, valueNoise } from './noise.ts';
import { type PartScene, radii, screw } from './part-scene.ts';
import { blend, type Colour, insideRadius, shadeEmptyRecess } from './shade-part.ts';

/** Defect types, in the order of the test split. */
export const defectTypes = ['colour_shift', 'missing_screw', 'scratch', 'spot'] as const;
export type DefectType = (typeof defectTypes)[number];

/** Paints a defect at (x, y) over the shaded part; returns how much of the pixel it covers, 0 to 1. */
export type DefectPainter = (x: number, y: number, target: Colour) => number;

const between = (rng: Rng, low: number, high: number): number => low + rng.uniform() * (high - low);

const distanceToSegment = (x: number, y: number, ax: number, ay: number, bx: number, by: number): number => {
  const along = Math.min(
    Math.max(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2), 0),
    1,
  );
  const dx = x - ax - along * (bx - ax);
  const dy = y - ay - along * (by - ay);
  return Math.sqrt(dx * dx + dy * dy);
};

const scratchSegments = 12;
const furrow = Float64Array.of(0.16, 0.15, 0.15);
const burr = Float64Array.of(1, 1, 1);
const rust = Float64Array.of(0.3, 0.17, 0.09);

/** A bent scratch across the steel: a bright line in a dark furrow, thinning out at both ends. */
const scratch = (scene: PartScene, rng: Rng): DefectPainter => {
  const angle = between(rng, 0, 2 * Math.PI);
  const radius = between(rng, radii.boreChamfer + 14, radii.outerChamfer - 12);
  const heading = angle + between(rng, -0.9, 0.9);
  const length = between(rng, 34, 78);
  const bend = between(rng, -0.25, 0.25) * length;
  const width = between(rng, 1.7, 2.6);
  const middleX = scene.centerX + radius * Math.cos(angle);
  const middleY = scene.centerY + radius * Math.sin(angle);
  const points = Array.from({ length: scratchSegments + 1 }, (_, index) => {
    const t = index / scratchSegments - 0.5;
    const side = bend * (0.25 - t * t) + (hashNoise(index, 7, scene.imageSeed) - 0.5) * 0.7;
    return [
      middleX + t * length * Math.cos(heading) - side * Math.sin(heading),
      middleY + t * length * Math.sin(heading) + side * Math.cos(heading),
    ] as const;
  });
  const reach = length / 2 + Math.abs(bend) + 4;
  return (x, y, target) => {
    if (Math.abs(x - middleX) > reach || Math.abs(y - middleY) > reach) return 0;
    let nearest = Number.POSITIVE_INFINITY;
    let nearestIndex = 0;
    for (let index = 0; index < scratchSegments; index++) {
      const [ax, ay] = points[index];
      const [bx, by] = points[index + 1];
      const distance = distanceToSegment(x, y, ax, ay, bx, by);
      if (distance < nearest) {
        nearest = distance;
        nearestIndex = index;
      }
    }
    const along = (nearestIndex + 0.5) / scratchSegments - 0.5;
    const halfWidth = width * (1 - 2.4 * along * along);
    const fromCenter = Math.sqrt((x - scene.centerX) ** 2 + (y - scene.centerY) ** 2);
    const onPart = insideRadius(radii.outer, fromCenter) * (1 - insideRadius(radii.bore, fromCenter));
    const coverage = insideRadius(halfWidth, nearest) * onPart;
    if (coverage > 0) {
      blend(target, furrow, 1, coverage * 0.85);
      blend(target, burr, 0.97, coverage * 0.6 * smoothStep(halfWidth * 0.4, 0, nearest));
    }
    return coverage;
  };
};

/** An irregular stain of rust and oil. */
const spot = (scene: PartScene, rng: Rng): DefectPainter => {
  const angle = between(rng, 0, 2 * Math.PI);
  const distanceFromCenter = between(rng, radii.boreChamfer + 6, radii.outerChamfer - 10);
  const centerX = scene.centerX + distanceFromCenter * Math.cos(angle);
  const centerY = scene.centerY + distanceFromCenter * Math.sin(angle);
  const size = between(rng, 6.5, 12.5);
  const strength = between(rng, 0.6, 0.85);
  return (x, y, target) => {
    const offsetX = x - centerX;
    const offsetY = y - centerY;
    const distance = Math.sqrt(offsetX * offsetX + offsetY * offsetY);
    if (distance > size * 1.7) return 0;
    const ragged = size * (0.65 + 0.7 * valueNoise(x / (size * 0.55), y / (size * 0.55), scene.imageSeed));
    const coverage = smoothStep(ragged + 0.8, ragged - 0.8, distance);
    const mottle = 0.75 + 0.5 * valueNoise(x / 2.2, y / 2.2, scene.imageSeed + 1);
    blend(target, rust, mottle, coverage * strength * (0.75 + 0.25 * smoothStep(ragged, 0, distance)));
    return coverage;
  };
};

/** A screw that was never put in. */
const missingScrew = (scene: PartScene, rng: Rng): DefectPainter => {
  const missing = Math.floor(rng.uniform() * screw.count);
  return (x, y, target) => {
    const offsetX = x - scene.screwsX[missing];
    const offsetY = y - scene.screwsY[missing];
    const coverage = insideRadius(screw.head, Math.sqrt(offsetX * offsetX + offsetY * offsetY));
    if (coverage > 0) shadeEmptyRecess(scene, offsetX, offsetY, target, coverage);
    return coverage;
  };
};

const tint = (target: Colour, factor: Colour, coverage: number): void => {
  target[0] *= 1 + (factor[0] - 1) * coverage;
  target[1] *= 1 + (factor[1] - 1) * coverage;
  target[2] *= 1 + (factor[2] - 1) * coverage;
};

const brass = Float64Array.of(1.18, 0.92, 0.42);
/** What the shaded gasket is multiplied by where it has gone brown. */
const aged = Float64Array.of(5.2, 0.86, 0.34);

/** A stretch of the gasket that has aged, or a screw of brass among those of steel. */
const colourShift = (scene: PartScene, rng: Rng): DefectPainter => {
  if (rng.uniform() < 0.4) {
    const wrong = Math.floor(rng.uniform() * screw.count);
    return (x, y, target) => {
      const coverage = insideRadius(
        screw.head,
        Math.sqrt((x - scene.screwsX[wrong]) ** 2 + (y - scene.screwsY[wrong]) ** 2),
      );
      tint(target, brass, coverage);
      return coverage;
    };
  }
  const from = between(rng, 0, 2 * Math.PI);
  const halfArc = between(rng, 0.32, 0.7);
  return (x, y, target) => {
    const offsetX = x - scene.centerX;
    const offsetY = y - scene.centerY;
    const radius = Math.sqrt(offsetX * offsetX + offsetY * offsetY);
    const ring = insideRadius(radii.gasketOuter, radius) * (1 - insideRadius(radii.gasketInner, radius));
    if (ring === 0) return 0;
    const turn = Math.atan2(offsetY, offsetX) - from;
    const apart = Math.abs(turn - Math.round(turn / (2 * Math.PI)) * 2 * Math.PI) * radius;
    const coverage = ring * smoothStep(halfArc * radius + 1.5, halfArc * radius - 1.5, apart);
    tint(target, aged, coverage * 0.75);
    return coverage;
  };
};

const makers: Readonly<Record<DefectType, (scene: PartScene, rng: Rng) => DefectPainter>> = {
  colour_shift: colourShift,
  missing_screw: missingScrew,
  scratch,
  spot,
};

/** The defect of one sample: its place, size and shape are drawn from the seed. */
export const defectOf = (type: DefectType, scene: PartScene, index: number): DefectPainter =>
  makers[type](scene, createRng(scene.seed, `defect ${index}`));
