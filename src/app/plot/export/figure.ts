/** A figure as a whole SVG document on white: a list of placed items, with pictures embedded and text as text. */
import { encode } from 'fast-png';
import { type ColorTable, gradientStops } from '../../image/color-map.ts';
import type { Pixels } from '../../image/paint.ts';

/** Families of the text: the page's own, then those of programs that ignore an embedded font. */
export const figureFont = 'Inter, "Inter More", Helvetica, Arial, sans-serif';

interface Placed {
  readonly x: number;
  readonly y: number;
}

export interface FigureText extends Placed {
  readonly kind: 'text';
  /** `y` is its baseline. */
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly color: string;
}

export interface FigurePicture extends Placed {
  readonly kind: 'picture';
  /** Of the square in the figure. */
  readonly size: number;
  /** Of the picture, in its own pixels. */
  readonly side: number;
  readonly pixels: Pixels;
  /** Its content, for those who cannot see it. */
  readonly label: string;
}

/** A color scale from left to right. */
export interface FigureBar extends Placed {
  readonly kind: 'bar';
  readonly width: number;
  readonly height: number;
  readonly table: ColorTable;
}

export interface FigureSwatch extends Placed {
  readonly kind: 'swatch';
  readonly size: number;
  readonly color: string;
}

/** A sample of a curve's line, for a legend. */
export interface FigureStroke extends Placed {
  readonly kind: 'stroke';
  readonly width: number;
  readonly color: string;
  /** `stroke-dasharray`. */
  readonly dash: string;
}

/** A line of any form. */
export interface FigurePath extends Placed {
  readonly kind: 'path';
  /** Path data, relative to x and y of the item. */
  readonly path: string;
  readonly color: string;
  readonly width: number;
  /** `stroke-dasharray`. */
  readonly dash: string;
}

/** A nested drawing, as SVG markup. */
export interface FigureDrawing extends Placed {
  readonly kind: 'drawing';
  readonly markup: string;
}

export type FigureItem =
  | FigureText
  | FigurePicture
  | FigureBar
  | FigureSwatch
  | FigureStroke
  | FigurePath
  | FigureDrawing;

/** Lengths are in CSS pixels. */
export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly items: readonly FigureItem[];
}

/** A text that starts at x, in regular weight by default. */
export const figureText = (
  x: number,
  y: number,
  text: string,
  { size, color, bold = false, anchor = 'start' }: Pick<FigureText, 'size' | 'color'> & Partial<FigureText>,
): FigureText => ({ kind: 'text', x, y, text, size, bold, anchor, color });

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Any text as text of an XML document. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[&<>"]/g, (character) => escapes[character] ?? '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: names may hold them; XML has no others than these three.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');

const pngDataUri = ({ pixels, side }: FigurePicture): string => {
  const bytes = encode({ width: side, height: side, data: pixels, channels: 4, depth: 8 });
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x2000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x2000));
  return `data:image/png;base64,${btoa(binary)}`;
};

const dashAttribute = (dash: string): string =>
  dash === 'none' || dash === '' ? '' : ` stroke-dasharray="${dash}"`;

const draw = (item: FigureItem, gradients: ReadonlyMap<ColorTable, string>): string => {
  const { x, y } = item;
  switch (item.kind) {
    case 'text':
      return (
        `<text x="${x}" y="${y}" font-size="${item.size}" fill="${item.color}"` +
        `${item.bold ? ' font-weight="700"' : ''}` +
        `${item.anchor === 'start' ? '' : ` text-anchor="${item.anchor}"`}>${escapeXml(item.text)}</text>`
      );
    case 'picture':
      // The attribute is for readers that do not know `pixelated`.
      return (
        `<image x="${x}" y="${y}" width="${item.size}" height="${item.size}"` +
        ` image-rendering="optimizeSpeed" style="image-rendering:pixelated"` +
        ` href="${pngDataUri(item)}"><title>${escapeXml(item.label)}</title></image>`
      );
    case 'bar':
      return (
        `<rect x="${x}" y="${y}" width="${item.width}" height="${item.height}"` +
        ` fill="url(#${gradients.get(item.table)})"/>`
      );
    case 'swatch':
      return `<rect x="${x}" y="${y}" width="${item.size}" height="${item.size}" rx="2" fill="${item.color}"/>`;
    case 'stroke':
      return (
        `<path d="M${x} ${y}h${item.width}" fill="none" stroke="${item.color}" stroke-width="2"` +
        `${dashAttribute(item.dash)}/>`
      );
    case 'path':
      return (
        `<path transform="translate(${x} ${y})" d="${item.path}" fill="none" stroke="${item.color}"` +
        ` stroke-width="${item.width}"${dashAttribute(item.dash)}/>`
      );
    case 'drawing':
      return `<g transform="translate(${x} ${y})">${item.markup}</g>`;
  }
};

/** The document, on white in either theme of the page; it needs nothing outside itself but its font (`embedFont`). */
export const figureSvg = ({ width, height, title, items }: Figure): string => {
  const tables = [...new Set(items.flatMap((item) => (item.kind === 'bar' ? [item.table] : [])))];
  const gradients = new Map(tables.map((table, index) => [table, `scale-${index}`]));
  const definitions = tables.map((table) => {
    const stops = gradientStops(table).map(
      ({ offset, color }) => `<stop offset="${offset}" stop-color="${color}"/>`,
    );
    return `<linearGradient id="${gradients.get(table)}">${stops.join('')}</linearGradient>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"` +
      ` role="img" font-family="${escapeXml(figureFont)}">`,
    `<title>${escapeXml(title)}</title>`,
    ...(definitions.length > 0 ? [`<defs>${definitions.join('')}</defs>`] : []),
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...items.map((item) => draw(item, gradients)),
    '</svg>',
    '',
  ].join('\n');
};
