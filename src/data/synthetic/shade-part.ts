/** Shades one pixel of the sample part: a turned steel flange with a gasket and six screws on a bench. */
import { smoothStep } from './noise.ts';
import { type PartScene, radii, screw } from './part-scene.ts';
import { grooveAt } from './part-surface.ts';
import { renderSide } from './render-side.ts';

/** Red, green and blue, [3], in [0, 1] but for highlights. A typed array, since a million are read and written. */
export type Colour = Float64Array;

const bench = Float64Array.of(0.33, 0.355, 0.385);
const steel = Float64Array.of(0.93, 0.955, 1);
const screwSteel = Float64Array.of(0.8, 0.8, 0.83);
const gasketColour = Float64Array.of(0.1, 0.47, 0.5);
const white = Float64Array.of(1, 1, 1);
const black = Float64Array.of(0, 0, 0);
const shadowOffset = 7;
/** The second lamp stands 1.1 radians from the first. */
const secondLampCosine = Math.cos(1.1);
const secondLampSine = Math.sin(1.1);

/** Blends a colour, scaled by a brightness, over what is there. */
export const blend = (target: Colour, colour: Colour, brightness: number, coverage: number): void => {
  target[0] += (colour[0] * brightness - target[0]) * coverage;
  target[1] += (colour[1] * brightness - target[1]) * coverage;
  target[2] += (colour[2] * brightness - target[2]) * coverage;
};

/** Coverage of a disc's edge, antialiased over a pixel. */
export const insideRadius = (radius: number, distance: number): number =>
  smoothStep(radius + 0.7, radius - 0.7, distance);

const insideRing = (inner: number, outer: number, distance: number): number =>
  insideRadius(outer, distance) * (1 - insideRadius(inner, distance));

/**
 * The two-armed highlight of turned metal: bright where the light's direction crosses the grooves.
 * @param sine sine of the angle between the radius and the light
 */
const turnedHighlight = (sine: number): number => {
  const across = 1 - sine * sine;
  return across * across * across;
};

const shadeBench = (scene: PartScene, x: number, y: number, target: Colour): void => {
  const offsetX = x - scene.centerX + scene.lightX * shadowOffset;
  const offsetY = y - scene.centerY + scene.lightY * shadowOffset;
  const distance = Math.sqrt(offsetX * offsetX + offsetY * offsetY);
  const shadow = smoothStep(radii.outer + 14, radii.outer - 8, distance);
  const lean = ((x - scene.centerX) * scene.lightX + (y - scene.centerY) * scene.lightY) / 128;
  const mottle = scene.surface.mottle[y * renderSide + x];
  const brightness = (1 + 0.13 * lean + 0.06 * mottle) * (1 - 0.55 * shadow);
  blend(target, bench, brightness, 1);
};

/** The steel's brightness at a radius and an angle to the light. */
const steelBrightness = (scene: PartScene, radius: number, cosine: number, sine: number): number => {
  const second = sine * secondLampCosine - cosine * secondLampSine;
  const narrow = turnedHighlight(second);
  const light = 0.4 + 0.3 * turnedHighlight(sine) + 0.14 * narrow * narrow * narrow + 0.05 * cosine;
  return light * (1 + grooveAt(scene.surface, radius));
};

const shadeGasket = (radius: number, cosine: number, target: Colour): void => {
  const coverage = insideRing(radii.gasketInner, radii.gasketOuter, radius);
  if (coverage === 0) return;
  const middle = (radii.gasketInner + radii.gasketOuter) / 2;
  const across = Math.min(Math.max((2 * (radius - middle)) / (radii.gasketOuter - radii.gasketInner), -1), 1);
  const facing = across * cosine;
  const round = Math.sqrt(1 - 0.85 * across * across);
  const shine = Math.max(0, 1 - Math.abs(across - 0.55 * cosine) * 3) ** 2;
  blend(target, gasketColour, 0.35 + 0.75 * round + 0.35 * facing, coverage);
  blend(target, white, 1, coverage * 0.28 * shine * (0.3 + 0.7 * Math.abs(cosine)));
  // A dark line on both sides, where the gasket meets its groove.
  blend(target, black, 1, coverage * 0.6 * smoothStep(0.75, 1, Math.abs(across)));
};

/** The floor of a screw's counterbore: what is seen where the screw is missing. */
export const shadeEmptyRecess = (
  scene: PartScene,
  offsetX: number,
  offsetY: number,
  target: Colour,
  coverage: number,
): void => {
  const distance = Math.sqrt(offsetX * offsetX + offsetY * offsetY);
  const lit = -(offsetX * scene.lightX + offsetY * scene.lightY) / screw.recess;
  blend(target, steel, 0.3 + 0.14 * lit, coverage);
  const thread = 0.5 + 0.5 * Math.cos(distance * 3.2 + Math.atan2(offsetY, offsetX));
  blend(
    target,
    steel,
    0.07 + 0.1 * thread * smoothStep(2, 6, distance) + 0.1 * lit,
    coverage * insideRadius(6.5, distance),
  );
};

const shadeScrew = (scene: PartScene, x: number, y: number, index: number, target: Colour): void => {
  const offsetX = x - scene.screwsX[index];
  const offsetY = y - scene.screwsY[index];
  const distance = Math.sqrt(offsetX * offsetX + offsetY * offsetY);
  const recess = insideRadius(screw.recess, distance);
  if (recess === 0) return;
  const lit = (offsetX * scene.lightX + offsetY * scene.lightY) / Math.max(distance, 1e-6);
  // The counterbore's wall: dark towards the light, bright away from it.
  blend(target, steel, 0.2 - 0.13 * lit, recess);
  const head = insideRadius(screw.head, distance);
  blend(target, screwSteel, 0.62 + 0.03 * Math.sin(distance * 2.1), head);
  const rim = head * smoothStep(screw.head - 3.2, screw.head - 1.2, distance);
  blend(target, screwSteel, 0.6 + 0.42 * lit, rim);
  const angle = Math.atan2(offsetY, offsetX) - scene.hexagonAngles[index];
  const sector = angle - Math.round(angle / (Math.PI / 3)) * (Math.PI / 3);
  const toFlat = distance * Math.cos(sector);
  const hexagon = insideRadius(screw.hexagon, toFlat);
  blend(target, screwSteel, 0.16 - 0.16 * lit * smoothStep(1, screw.hexagon, toFlat), hexagon);
};

const shadeBore = (
  scene: PartScene,
  radius: number,
  cosine: number,
  x: number,
  y: number,
  target: Colour,
): void => {
  const coverage = insideRadius(radii.bore, radius);
  if (coverage === 0) return;
  // The lower rim of the bore is seen displaced, away from the light: between the two lies the lit wall.
  const offsetX = x - scene.centerX - scene.lightX * 5;
  const offsetY = y - scene.centerY - scene.lightY * 5;
  const floor = insideRadius(radii.bore - 1.5, Math.sqrt(offsetX * offsetX + offsetY * offsetY));
  blend(target, steel, 0.3 - 0.24 * cosine, coverage);
  blend(target, bench, 0.34 + 0.12 * smoothStep(radii.bore, 0, radius), coverage * floor);
};

/** Shades the pixel at the whole numbers (x, y) into `target`. */
export const shadePart = (scene: PartScene, x: number, y: number, target: Colour): void => {
  const offsetX = x - scene.centerX;
  const offsetY = y - scene.centerY;
  const radius = Math.sqrt(offsetX * offsetX + offsetY * offsetY);
  const body = insideRadius(radii.outer, radius);
  if (body < 1) shadeBench(scene, x, y, target);
  if (body === 0) return;
  const cosine = (offsetX * scene.lightX + offsetY * scene.lightY) / Math.max(radius, 1e-6);
  const sine = (offsetY * scene.lightX - offsetX * scene.lightY) / Math.max(radius, 1e-6);
  blend(target, steel, steelBrightness(scene, radius, cosine, sine), body);
  const outerChamfer = body * (1 - insideRadius(radii.outerChamfer, radius));
  if (outerChamfer > 0) blend(target, steel, 0.52 + 0.4 * cosine, outerChamfer);
  const boreChamfer = insideRadius(radii.boreChamfer, radius);
  if (boreChamfer > 0) blend(target, steel, 0.5 - 0.36 * cosine, boreChamfer);
  shadeBore(scene, radius, cosine, x, y, target);
  shadeGasket(radius, cosine, target);
  if (Math.abs(radius - radii.screwCircle) <= screw.recess + 1) {
    const turn = (Math.atan2(offsetY, offsetX) - scene.rotation) / ((2 * Math.PI) / screw.count);
    const nearest = ((Math.round(turn) % screw.count) + screw.count) % screw.count;
    shadeScrew(scene, x, y, nearest, target);
  }
};
