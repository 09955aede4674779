/** Colors of the sample part, and blending. */
import { smoothStep } from './noise.ts';

/** Red, green and blue, [3], in [0, 1] except for highlights. A typed array, because millions are read and written. */
export type Color = Float64Array;

export const bench: Color = Float64Array.of(0.33, 0.355, 0.385);
export const steel: Color = Float64Array.of(0.93, 0.955, 1);
export const white: Color = Float64Array.of(1, 1, 1);
export const black: Color = Float64Array.of(0, 0, 0);

/** Blends a color, scaled by a brightness, over the target. */
export const blend = (target: Color, color: Color, brightness: number, coverage: number): void => {
  target[0] += (color[0] * brightness - target[0]) * coverage;
  target[1] += (color[1] * brightness - target[1]) * coverage;
  target[2] += (color[2] * brightness - target[2]) * coverage;
};

/** Half of the width of an antialiased edge, in pixels. */
const softness = 0.7;

/** Coverage, 0 to 1, of a shape whose edge is `distance` pixels away: negative inside, positive outside. */
export const insideEdge = (distance: number): number => {
  // Most pixels are on one side of every edge, and need no polynomial.
  if (distance >= softness) return 0;
  return distance <= -softness ? 1 : smoothStep(softness, -softness, distance);
};

/** Coverage of a disc. */
export const insideRadius = (radius: number, distance: number): number => insideEdge(distance - radius);

/** Coverage of a ring. */
export const insideRing = (inner: number, outer: number, distance: number): number =>
  insideRadius(outer, distance) * (1 - insideRadius(inner, distance));
