/** A chart as a whole SVG document on white: title, axes by name, the chart, and which curve is which. */
import type { LegendEntry } from '../curve-style.ts';
import { escapeXml } from './escape-xml.ts';
import { figureFont } from './figure-font.ts';
import { bodyHeight, bodyWidth } from './figure-size.ts';
import { cutText, wrapText } from './text-width.ts';

const margin = 20;
const legendSize = 12;

export interface ChartFigure {
  readonly title: string;
  /** Under the title; empty for none. */
  readonly note: string;
  readonly axes: { readonly x: string; readonly y: string };
  /** Its colors are resolved. */
  readonly legend: readonly LegendEntry[];
  /** Markup of the chart, `bodyWidth` x `bodyHeight`. */
  readonly body: string;
  readonly colors: { readonly ink: string; readonly quiet: string };
}

const text = (content: string, x: number, y: number, size: number, color: string, more = ''): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${color}"${more}>${escapeXml(content)}</text>`;

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

const swatch = ({ color, dash }: LegendEntry, x: number, y: number): string =>
  dash === undefined
    ? `<rect x="${x + 12}" y="${y - 9}" width="10" height="10" rx="2" fill="${color}"/>`
    : `<path d="M${x} ${y - 4}h22" fill="none" stroke="${color}" stroke-width="2"` +
      `${dash === 'none' || dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`;

/** Needs nothing outside itself. */
export const figureDocument = ({ title, note, axes, legend, body, colors }: ChartFigure): string => {
  const { ink, quiet } = colors;
  const notes = note === '' ? [] : wrapText(note, bodyWidth, 12);
  const axisY = margin + 18 + notes.length * 16 + 20;
  const bodyY = axisY + 6;
  const abscissaY = bodyY + bodyHeight + 12;
  const placed = placeLegend(legend);
  const rows = (placed.at(-1)?.row ?? -1) + 1;
  const height = abscissaY + (rows > 0 ? 8 + rows * 18 : 0) + margin - 4;
  const width = bodyWidth + 2 * margin;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"` +
      ` role="img" font-family="${escapeXml(figureFont)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(title, margin, margin + 14, 15, ink, ' font-weight="700"'),
    ...notes.map((line, i) => text(line, margin, margin + 32 + i * 16, 12, quiet)),
    text(axes.y, margin, axisY, 11, quiet),
    `<g transform="translate(${margin} ${bodyY})">${body}</g>`,
    text(axes.x, width - margin - 8, abscissaY, 11, quiet, ' text-anchor="end"'),
    ...placed.flatMap((entry) => {
      const y = abscissaY + 8 + (entry.row + 1) * 18 - 4;
      return [
        swatch(entry, margin + entry.x, y),
        text(entry.name, margin + entry.x + 28, y, legendSize, ink),
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
};
