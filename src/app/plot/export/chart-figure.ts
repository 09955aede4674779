/** A chart as a figure: title, note, axes by name, the drawing, and its legend. */
import type { LegendEntry } from '../curve-style.ts';
import { type Figure, type FigureItem, figureText } from './figure.ts';
import { cutText, wrapText } from './text-width.ts';

/** Size of the drawing, in CSS pixels: that of a figure in a column of text. */
export const bodyWidth = 640;
export const bodyHeight = 320;

const margin = 20;
const legendSize = 12;

export interface ChartFigure {
  readonly title: string;
  /** Under the title; empty for none. */
  readonly note: string;
  readonly axes: { readonly x: string; readonly y: string };
  /** Its colors are resolved. */
  readonly legend: readonly LegendEntry[];
  /** Markup of the drawing, `bodyWidth` x `bodyHeight`. */
  readonly body: string;
  readonly colors: { readonly ink: string; readonly quiet: string };
}

interface PlacedEntry extends LegendEntry {
  readonly x: number;
  readonly row: number;
}

/** Entries side by side, in as many rows as they need. */
const placeLegend = (legend: readonly LegendEntry[]): readonly PlacedEntry[] => {
  let x = 0;
  let row = 0;
  return legend.map((entry) => {
    const name = cutText(entry.name, bodyWidth - 30, legendSize);
    const width = 28 + name.length * legendSize * 0.56 + 14;
    if (x > 0 && x + width > bodyWidth) {
      x = 0;
      row++;
    }
    const placed = { ...entry, name, x, row };
    x += width;
    return placed;
  });
};

const mark = ({ color, dash }: LegendEntry, x: number, y: number): FigureItem =>
  dash === undefined
    ? { kind: 'swatch', x: x + 12, y: y - 9, size: 10, color }
    : { kind: 'stroke', x, y: y - 4, width: 22, color, dash };

export const chartFigure = ({ title, note, axes, legend, body, colors }: ChartFigure): Figure => {
  const { ink, quiet } = colors;
  const notes = note === '' ? [] : wrapText(note, bodyWidth, 12);
  const axisY = margin + 18 + notes.length * 16 + 20;
  const bodyY = axisY + 6;
  const abscissaY = bodyY + bodyHeight + 12;
  const placed = placeLegend(legend);
  const rows = (placed.at(-1)?.row ?? -1) + 1;
  const width = bodyWidth + 2 * margin;
  const small = { size: 11, color: quiet } as const;
  return {
    width,
    height: abscissaY + (rows > 0 ? 8 + rows * 18 : 0) + margin - 4,
    title,
    items: [
      figureText(margin, margin + 14, title, { size: 15, color: ink, bold: true }),
      ...notes.map((line, i) => figureText(margin, margin + 32 + i * 16, line, { size: 12, color: quiet })),
      figureText(margin, axisY, axes.y, small),
      { kind: 'drawing', x: margin, y: bodyY, markup: body },
      figureText(width - margin - 8, abscissaY, axes.x, { ...small, anchor: 'end' }),
      ...placed.flatMap((entry) => {
        const x = margin + entry.x;
        const y = abscissaY + 8 + (entry.row + 1) * 18 - 4;
        return [mark(entry, x, y), figureText(x + 28, y, entry.name, { size: legendSize, color: ink })];
      }),
    ],
  };
};
