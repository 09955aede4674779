/** Perceptually uniform colour maps as tables of 256 RGBA words. */
import { interpolateInferno, interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';

/** One word a level, in the byte order of `ImageData` on the little-endian machines that have WebGPU. */
export type ColourTable = Uint32Array;

const levels = 256;

const channelsOf = (colour: string): [number, number, number] => {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex) return [Number.parseInt(hex[1], 16), Number.parseInt(hex[2], 16), Number.parseInt(hex[3], 16)];
  const [red, green, blue] = (colour.match(/[\d.]+/g) ?? []).map((part) => Math.round(Number(part)));
  return [red, green, blue];
};

/** Samples an interpolator of CSS colours over 0 to 1. */
export const colourTable = (interpolate: (t: number) => string): ColourTable =>
  Uint32Array.from({ length: levels }, (_, level) => {
    const [red, green, blue] = channelsOf(interpolate(level / (levels - 1)));
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });

export const viridis = colourTable(interpolateViridis);
export const inferno = colourTable(interpolateInferno);
/** Blue below the middle, white in it, red above. */
export const redBlue = colourTable((t) => interpolateRdBu(1 - t));

/** Level of a value between the ends of a scale, clamped; everything is at the lower end of an empty scale. */
export const levelOf = (value: number, lower: number, upper: number): number => {
  const share = upper > lower ? (value - lower) / (upper - lower) : 0;
  return Math.round(Math.min(1, Math.max(0, share)) * (levels - 1));
};

export interface GradientStop {
  /** 0 to 1. */
  readonly offset: number;
  readonly colour: string;
}

const stopCount = 17;

/** From the table's first colour to its last, in `#rrggbb`. */
export const gradientStops = (table: ColourTable): readonly GradientStop[] =>
  Array.from({ length: stopCount }, (_, stop) => {
    const offset = stop / (stopCount - 1);
    const word = table[Math.round(offset * (table.length - 1))];
    const hex = [word & 255, (word >>> 8) & 255, (word >>> 16) & 255].map((channel) =>
      channel.toString(16).padStart(2, '0'),
    );
    return { offset, colour: `#${hex.join('')}` };
  });

/** A table as a CSS gradient from its first colour at the bottom to its last at the top. */
export const cssGradient = (table: ColourTable): string =>
  `linear-gradient(0deg, ${gradientStops(table)
    .map(({ colour }) => colour)
    .join(', ')})`;
