/** Surfaces that all images of a seed share: the turned grooves of the steel and the mottle of the bench. */
import { hashNoise, smoothStep, valueNoise } from './noise.ts';
import { renderSide } from './render-side.ts';

/** Surfaces of a seed. */
export interface PartSurface {
  /** Brightness of the turned grooves by radius, 4 entries per pixel, around 0. */
  readonly grooves: Float32Array;
  /** Brightness of the bench, [renderSide, renderSide], around 0. */
  readonly mottle: Float32Array;
}

const groovesPerPixel = 4;
const grooveOctaves = [
  { width: 0.8, strength: 0.05 },
  { width: 2.6, strength: 0.05 },
  { width: 9, strength: 0.04 },
] as const;

const turnedGrooves = (seed: number): Float32Array =>
  Float32Array.from({ length: renderSide * groovesPerPixel }, (_, index) => {
    let brightness = 0;
    for (const [octave, { width, strength }] of grooveOctaves.entries()) {
      const position = index / groovesPerPixel / width;
      const cell = Math.floor(position);
      const blend = smoothStep(0, 1, position - cell);
      const noise = hashNoise(cell, octave, seed) * (1 - blend) + hashNoise(cell + 1, octave, seed) * blend;
      brightness += (noise - 0.5) * strength * 2;
    }
    return brightness;
  });

/** The brightness of the groove at a radius. */
export const grooveAt = ({ grooves }: PartSurface, radius: number): number => {
  const position = radius * groovesPerPixel;
  const index = Math.min(Math.floor(position), grooves.length - 2);
  const blend = position - index;
  return grooves[index] * (1 - blend) + grooves[index + 1] * blend;
};

const benchMottle = (seed: number): Float32Array =>
  Float32Array.from({ length: renderSide * renderSide }, (_, pixel) => {
    const x = pixel % renderSide;
    const y = Math.floor(pixel / renderSide);
    return (valueNoise(x / 19, y / 19, seed) + valueNoise(x / 5, y / 5, seed + 1)) / 2 - 0.5;
  });

let latest: { readonly seed: number; readonly surface: PartSurface } | undefined;

/** The surfaces of a seed, cached until the seed changes, because every image of a category needs them. */
export const partSurface = (seed: number): PartSurface => {
  if (latest?.seed !== seed)
    latest = { seed, surface: { grooves: turnedGrooves(seed), mottle: benchMottle(seed) } };
  return latest.surface;
};
