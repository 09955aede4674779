/** Defects that can be anywhere on the face: scratches and contamination. */
import type { Rng } from '#core/rng.ts';
import { blend, insideRadius } from './color.ts';
import { between, type DefectPainter, paintInside } from './defect-painter.ts';
import { hashNoise, smoothStep, valueNoise } from './noise.ts';
import { type PartScene, radii } from './part-scene.ts';

/** A random position on the face between the gasket and the chamfer. */
const placeOnFace = (scene: PartScene, rng: Rng, fromEdge: number) => {
  const angle = between(rng, 0, 2 * Math.PI);
  const radius = between(rng, radii.gasketOuter + fromEdge, radii.outerChamfer - fromEdge);
  return {
    angle,
    x: scene.centerX + radius * Math.cos(angle),
    y: scene.centerY + radius * Math.sin(angle),
  };
};

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

/** A bent scratch across the face: a dark furrow with a lighter ridge that tapers at both ends. */
export const scratch = (scene: PartScene, rng: Rng): DefectPainter => {
  const middle = placeOnFace(scene, rng, 12);
  const heading = middle.angle + between(rng, -0.9, 0.9);
  const length = between(rng, 44, 80);
  const bend = between(rng, -0.25, 0.25) * length;
  const width = between(rng, 3.9, 5.7);
  const points = Array.from({ length: scratchSegments + 1 }, (_, index) => {
    const t = index / scratchSegments - 0.5;
    const side = bend * (0.25 - t * t) + (hashNoise(index, 7, scene.imageSeed) - 0.5) * 0.7;
    return [
      middle.x + t * length * Math.cos(heading) - side * Math.sin(heading),
      middle.y + t * length * Math.sin(heading) + side * Math.cos(heading),
    ] as const;
  });
  const reach = length / 2 + Math.abs(bend) + 4;
  return (x, y, target) => {
    if (Math.abs(x - middle.x) > reach || Math.abs(y - middle.y) > reach) return 0;
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
    return paintInside(target, insideRadius(halfWidth, nearest) * onPart, (coverage) => {
      blend(target, furrow, 1, coverage * 0.85);
      blend(target, burr, 0.97, coverage * 0.2 * smoothStep(halfWidth * 0.4, 0, nearest));
    });
  };
};

const grime = Float64Array.of(0.13, 0.12, 0.11);

/** An irregular stain of oil and dust. */
export const contamination = (scene: PartScene, rng: Rng): DefectPainter => {
  const middle = placeOnFace(scene, rng, 10);
  const size = between(rng, 10.9, 16.1);
  const strength = between(rng, 0.69, 0.98);
  return (x, y, target) => {
    const distance = Math.sqrt((x - middle.x) ** 2 + (y - middle.y) ** 2);
    if (distance > size * 1.7) return 0;
    const ragged = size * (0.65 + 0.7 * valueNoise(x / (size * 0.55), y / (size * 0.55), scene.imageSeed));
    const mottle = 0.75 + 0.5 * valueNoise(x / 2.2, y / 2.2, scene.imageSeed + 1);
    return paintInside(target, smoothStep(ragged + 0.8, ragged - 0.8, distance), (coverage) => {
      blend(target, grime, mottle, coverage * strength * (0.75 + 0.25 * smoothStep(ragged, 0, distance)));
    });
  };
};
