/** The scene of one sample: how this photograph of the part differs from others. */
import { createRng } from '#core/rng.ts';
import { type PartSurface, partSurface } from './part-surface.ts';
import { renderSide } from './render-side.ts';

/** Radii of the part in pixels, from its center outward. */
export const radii = {
  bore: 26,
  boreChamfer: 31,
  gasketInner: 40,
  gasketOuter: 49,
  /** The circle through the centers of the four features. */
  features: 76,
  outerChamfer: 103,
  outer: 109,
} as const;

/** The part in front of the camera. Lengths in pixels, angles in radians, x to the right, y down. */
export interface PartScene {
  readonly seed: number;
  /** Seed of the noise that differs in every image. */
  readonly imageSeed: number;
  readonly centerX: number;
  readonly centerY: number;
  /** Cosine and sine of the part's rotation. */
  readonly turnCosine: number;
  readonly turnSine: number;
  /** Angle of each screw's hexagon. */
  readonly hexagonAngles: readonly number[];
  /** Unit vector toward the light. */
  readonly lightX: number;
  readonly lightY: number;
  readonly exposure: number;
  /** Ratio of red to blue in the light, near 1. */
  readonly warmth: number;
  /** Phase of the feed marks of the lathe. */
  readonly feedPhase: number;
  /** Brightness of the feed marks, around 0. */
  readonly feedStrength: number;
  readonly surface: PartSurface;
}

/**
 * Draws the scene of one sample. The part is the same for all samples of a seed, in one of four quarter turns. Position,
 * rotation, light and exposure vary within tolerance, and the feed marks have a random phase.
 */
export const partScene = (seed: number, index: number): PartScene => {
  const rng = createRng(seed, `scene ${index}`);
  const around = (middle: number, reach: number): number => middle + (rng.uniform() * 2 - 1) * reach;
  const middle = renderSide / 2;
  const centerX = around(middle, 3);
  const centerY = around(middle, 3);
  const turn = around(0.12, 0.05) + (Math.floor(rng.uniform() * 4) * Math.PI) / 2;
  const lightAngle = around(-2.3, 0.35);
  return {
    seed,
    imageSeed: Math.floor(rng.uniform() * 2 ** 31),
    centerX,
    centerY,
    turnCosine: Math.cos(turn),
    turnSine: Math.sin(turn),
    hexagonAngles: [around(0.2, 0.12), around(0.2, 0.12)],
    lightX: Math.cos(lightAngle),
    lightY: Math.sin(lightAngle),
    exposure: around(1, 0.1),
    warmth: around(1, 0.01),
    feedPhase: around(0, Math.PI),
    feedStrength: 0.12,
    surface: partSurface(seed),
  };
};
