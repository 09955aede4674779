/** Samples the color maps when the page is built, so that no code of their library ships. */
import { interpolateInferno, interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';
import type { Plugin } from 'vite';

const moduleName = 'virtual:color-maps';
const levels = 256;

/** CSS colors over 0 to 1. */
const interpolators: Readonly<Record<string, (t: number) => string>> = {
  viridis: interpolateViridis,
  inferno: interpolateInferno,
  redBlue: (t) => interpolateRdBu(1 - t),
};

const channelsOf = (color: string): readonly number[] => {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (hex) return hex.slice(1).map((channel) => Number.parseInt(channel, 16));
  const channels = color.match(/[\d.]+/g) ?? [];
  if (channels.length !== 3)
    throw new Error(`The color map has the color ${color}, expected #rrggbb or rgb().`);
  return channels.map((channel) => Math.round(Number(channel)));
};

/** @returns the RGB bytes of 256 levels, in base64 */
const sample = (interpolate: (t: number) => string): string =>
  Buffer.from(
    Array.from({ length: levels }, (_, level) => channelsOf(interpolate(level / (levels - 1)))).flat(),
  ).toString('base64');

/** Exports a string for each color map; `src/app/image/color-map.ts` reads them. */
export const colorMaps = (): Plugin => ({
  name: 'residua-color-maps',
  resolveId: (source) => (source === moduleName ? `\0${moduleName}` : null),
  load(id) {
    if (id !== `\0${moduleName}`) return null;
    return Object.entries(interpolators)
      .map(([name, interpolate]) => `export const ${name} = '${sample(interpolate)}';`)
      .join('\n');
  },
});
