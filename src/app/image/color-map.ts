/** Perceptually uniform color maps as tables of 256 RGBA words. */
import * as sampled from 'virtual:color-maps';

/** One word per level, in the byte order of `ImageData` on little-endian machines (all machines with WebGPU are). */
export type ColorTable = Uint32Array;

const levels = 256;

/** Reads a color map that the build sampled: RGB bytes in base64. */
const tableOf = (base64: string): ColorTable => {
  const channels = atob(base64);
  return Uint32Array.from({ length: levels }, (_, level) => {
    const [red, green, blue] = [0, 1, 2].map((channel) => channels.charCodeAt(level * 3 + channel));
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
};

export const viridis = tableOf(sampled.viridis);
export const inferno = tableOf(sampled.inferno);
/** Blue below the middle, white at the middle, red above it. */
export const redBlue = tableOf(sampled.redBlue);

/** The level of a value between the ends of a scale, clamped; 0 for an empty scale. */
export const levelOf = (value: number, lower: number, upper: number): number => {
  const share = upper > lower ? (value - lower) / (upper - lower) : 0;
  return Math.round(Math.min(1, Math.max(0, share)) * (levels - 1));
};

export interface GradientStop {
  /** 0 to 1. */
  readonly offset: number;
  readonly color: string;
}

const stopCount = 17;

/** From the table's first color to its last, in `#rrggbb`. */
export const gradientStops = (table: ColorTable): readonly GradientStop[] =>
  Array.from({ length: stopCount }, (_, stop) => {
    const offset = stop / (stopCount - 1);
    const word = table[Math.round(offset * (table.length - 1))];
    const hex = [word & 255, (word >>> 8) & 255, (word >>> 16) & 255].map((channel) =>
      channel.toString(16).padStart(2, '0'),
    );
    return { offset, color: `#${hex.join('')}` };
  });

/** A table as a CSS gradient from its first color at the bottom to its last at the top. */
export const cssGradient = (table: ColorTable): string =>
  `linear-gradient(0deg, ${gradientStops(table)
    .map(({ color }) => color)
    .join(', ')})`;
