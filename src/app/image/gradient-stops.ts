/** A colour table as the stops of a gradient. */
import type { ColourTable } from './color-map.ts';

export type { ColourTable } from './color-map.ts';

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
