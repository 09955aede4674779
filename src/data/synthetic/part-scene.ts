/** The scene of one sample: how this photograph of the part differs from the next. */
import { createRng } from '#core/rng.ts';
import { type PartSurface, partSurface } from './part-surface.ts';
import { renderSide } from './render-side.ts';

/** Radii of the part in pixels, from its middle outwards. */
export const radii = {
  bore: 29,
  boreChamfer: 34,
  gasketInner: 47,
  gasketOuter: 58,
  screwCircle: 80,
  outerChamfer: 101,
  outer: 107,
} as const;

/** Radii of a screw in pixels. */
export const screw = { count: 6, recess: 13, head: 10.5, hexagon: 5 } as const;

/** The part in front of the camera. Lengths in pixels, angles in radians, the x axis to the right, y down. */
export interface PartScene {
  readonly seed: number;
  /** Seed of what differs in every image: camera noise. */
  readonly imageSeed: number;
  readonly centerX: number;
  readonly centerY: number;
  /** Angle of the first screw. */
  readonly rotation: number;
  /** Middle of each screw. */
  readonly screwsX: readonly number[];
  readonly screwsY: readonly number[];
  /** Angle of each screw's hexagon. */
  readonly hexagonAngles: readonly number[];
  /** Unit vector towards the light. */
  readonly lightX: number;
  readonly lightY: number;
  readonly exposure: number;
  /** Red over blue of the light, near 1. */
  readonly warmth: number;
  readonly surface: PartSurface;
}

/**
 * Draws the scene of one sample. The part is the same for all samples of a seed; position, rotation, light and
 * exposure vary a little, as on a production line.
 */
export const partScene = (seed: number, index: number): PartScene => {
  const rng = createRng(seed, `scene ${index}`);
  const around = (middle: number, reach: number): number => middle + (rng.uniform() * 2 - 1) * reach;
  const middle = renderSide / 2;
  const centerX = around(middle, 1.1);
  const centerY = around(middle, 1.1);
  const rotation = around(0.35, 0.022);
  const lightAngle = around(-2.3, 0.05);
  const screwAngles = Array.from(
    { length: screw.count },
    (_, index) => rotation + (index * 2 * Math.PI) / screw.count,
  );
  return {
    seed,
    imageSeed: Math.floor(rng.uniform() * 2 ** 31),
    centerX,
    centerY,
    rotation,
    screwsX: screwAngles.map((angle) => centerX + radii.screwCircle * Math.cos(angle)),
    screwsY: screwAngles.map((angle) => centerY + radii.screwCircle * Math.sin(angle)),
    hexagonAngles: screwAngles.map(() => around(0.2, 0.12)),
    lightX: Math.cos(lightAngle),
    lightY: Math.sin(lightAngle),
    exposure: around(1, 0.025),
    warmth: around(1, 0.01),
    surface: partSurface(seed),
  };
};
