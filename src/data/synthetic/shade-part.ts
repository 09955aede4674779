/** Shades one pixel of the sample part: a turned steel cover with a gasket and four features, on a bench. */
import { bench, black, blend, type Color, insideRadius, insideRing, steel, white } from './color.ts';
import { featurePlace } from './feature-place.ts';
import { smoothStep } from './noise.ts';
import { shadeFeature } from './part-features.ts';
import { type PartScene, radii } from './part-scene.ts';
import { grooveAt } from './part-surface.ts';
import { renderSide } from './render-side.ts';

const gasketColor = Float64Array.of(0.1, 0.47, 0.5);
const shadowOffset = 7;
/** Distance between two feed marks of the lathe, in pixels. */
const feedPeriod = 18;
/** The second lamp is 1.1 radians from the first. */
const secondLampCosine = Math.cos(1.1);
const secondLampSine = Math.sin(1.1);

/**
 * The two-armed highlight of turned metal: bright where the light crosses the grooves.
 * @param sine sine of the angle between the radius and the light
 */
const turnedHighlight = (sine: number): number => {
  const across = 1 - sine * sine;
  return across * across * across;
};

const shadeBench = (scene: PartScene, x: number, y: number, target: Color): void => {
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
  // A spiral: one turn of the part advances the tool by one feed. The cosine of the sum of this angle and that to the light.
  const feedAngle = (2 * Math.PI * radius) / feedPeriod + scene.feedPhase;
  const feedMark = Math.cos(feedAngle) * cosine - Math.sin(feedAngle) * sine;
  return light * (1 + grooveAt(scene.surface, radius) + scene.feedStrength * feedMark);
};

const shadeGasket = (radius: number, cosine: number, target: Color): void => {
  const coverage = insideRing(radii.gasketInner, radii.gasketOuter, radius);
  if (coverage === 0) return;
  const middle = (radii.gasketInner + radii.gasketOuter) / 2;
  const across = Math.min(Math.max((2 * (radius - middle)) / (radii.gasketOuter - radii.gasketInner), -1), 1);
  const facing = across * cosine;
  const round = Math.sqrt(1 - 0.85 * across * across);
  const shine = Math.max(0, 1 - Math.abs(across - 0.55 * cosine) * 3) ** 2;
  blend(target, gasketColor, 0.35 + 0.75 * round + 0.35 * facing, coverage);
  blend(target, white, 1, coverage * 0.28 * shine * (0.3 + 0.7 * Math.abs(cosine)));
  // A dark line on both sides, between the gasket and its groove.
  blend(target, black, 1, coverage * 0.6 * smoothStep(0.75, 1, Math.abs(across)));
};

const shadeBore = (
  scene: PartScene,
  radius: number,
  cosine: number,
  x: number,
  y: number,
  target: Color,
): void => {
  const coverage = insideRadius(radii.bore, radius);
  if (coverage === 0) return;
  // The lower rim of the bore appears displaced away from the light; the lit wall is between the two.
  const offsetX = x - scene.centerX - scene.lightX * 5;
  const offsetY = y - scene.centerY - scene.lightY * 5;
  const floor = insideRadius(radii.bore - 1.5, Math.sqrt(offsetX * offsetX + offsetY * offsetY));
  blend(target, steel, 0.3 - 0.24 * cosine, coverage);
  blend(target, bench, 0.34 + 0.12 * smoothStep(radii.bore, 0, radius), coverage * floor);
};

/**
 * Shades the pixel at the integers (x, y) into `target`.
 * @param options.features false omits the features of the face
 */
export const shadePart = (
  scene: PartScene,
  x: number,
  y: number,
  target: Color,
  { features = true } = {},
): void => {
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
  if (features && radius > radii.gasketOuter && radius < radii.outerChamfer)
    shadeFeature(scene, featurePlace(scene, x, y), target);
};
