/** The exported figure as SVG: pictures embedded, text as text. */
import { encode } from 'fast-png';
import { type ColorTable, gradientStops } from '../../image/color-map.ts';
import { escapeXml } from '../../plot/export/escape-xml.ts';
import { figureFont } from '../../plot/export/figure-font.ts';
import type { FigureItem, FigureLayout, FigurePicture } from './figure-layout.ts';

const pngDataUri = ({ pixels, side }: FigurePicture): string => {
  const bytes = encode({ width: side, height: side, data: pixels, channels: 4, depth: 8 });
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x2000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x2000));
  return `data:image/png;base64,${btoa(binary)}`;
};

const draw = (item: FigureItem, gradients: ReadonlyMap<ColorTable, string>): string => {
  switch (item.kind) {
    case 'text':
      return (
        `<text x="${item.x}" y="${item.y}" font-size="${item.size}" fill="${item.color}"` +
        `${item.bold ? ' font-weight="700"' : ''}` +
        `${item.anchor === 'start' ? '' : ` text-anchor="${item.anchor}"`}>${escapeXml(item.text)}</text>`
      );
    case 'picture':
      // The attribute is for readers that know no `pixelated`.
      return (
        `<image x="${item.x}" y="${item.y}" width="${item.size}" height="${item.size}"` +
        ` image-rendering="optimizeSpeed" style="image-rendering:pixelated"` +
        ` href="${pngDataUri(item)}"><title>${escapeXml(item.label)}</title></image>`
      );
    case 'bar':
      return (
        `<rect x="${item.x}" y="${item.y}" width="${item.width}" height="${item.height}"` +
        ` fill="url(#${gradients.get(item.table)})"/>`
      );
    case 'swatch':
      return `<rect x="${item.x}" y="${item.y}" width="${item.size}" height="${item.size}" rx="2" fill="${item.color}"/>`;
  }
};

/** The figure as a whole SVG document, on white whatever the page's theme is. */
export const figureSvg = ({ width, height, title, items }: FigureLayout): string => {
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
    `<defs>${definitions.join('')}</defs>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...items.map((item) => draw(item, gradients)),
    '</svg>',
    '',
  ].join('\n');
};
