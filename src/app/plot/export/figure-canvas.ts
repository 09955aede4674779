/** A figure on a canvas: a browser that draws the SVG as an image omits the smallest text. */

import { gradientStops } from '../../image/color-map.ts';
import { type Figure, type FigureItem, type FigurePicture, figureFont } from './figure.ts';
import { drawPng } from './svg-png.ts';

const pictureCanvas = ({ pixels, side }: FigurePicture): OffscreenCanvas => {
  const canvas = new OffscreenCanvas(side, side);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, side, side), 0, 0);
  return canvas;
};

interface Stroke {
  readonly color: string;
  readonly width: number;
  readonly dash: string;
}

const strokePath = (
  context: CanvasRenderingContext2D,
  path: Path2D,
  { color, width, dash }: Stroke,
): void => {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash(dash === 'none' || dash === '' ? [] : dash.split(' ').map(Number));
  context.stroke(path);
};

const draw = (context: CanvasRenderingContext2D, item: FigureItem): void => {
  switch (item.kind) {
    case 'text':
      context.fillStyle = item.color;
      context.font = `${item.bold ? '700 ' : ''}${item.size}px ${figureFont}`;
      context.textAlign = item.anchor === 'middle' ? 'center' : item.anchor;
      context.fillText(item.text, item.x, item.y);
      break;
    case 'picture':
      context.imageSmoothingEnabled = false;
      context.drawImage(pictureCanvas(item), item.x, item.y, item.size, item.size);
      break;
    case 'bar': {
      const gradient = context.createLinearGradient(item.x, 0, item.x + item.width, 0);
      for (const { offset, color } of gradientStops(item.table)) gradient.addColorStop(offset, color);
      context.fillStyle = gradient;
      context.fillRect(item.x, item.y, item.width, item.height);
      break;
    }
    case 'swatch':
      context.fillStyle = item.color;
      context.beginPath();
      context.roundRect(item.x, item.y, item.size, item.size, 2);
      context.fill();
      break;
    case 'stroke':
      strokePath(context, new Path2D(`M${item.x} ${item.y}h${item.width}`), { ...item, width: 2 });
      break;
    case 'path':
      context.save();
      context.translate(item.x, item.y);
      strokePath(context, new Path2D(item.path), item);
      context.restore();
      break;
    case 'drawing':
      throw new RangeError(`A canvas cannot draw the item ${item.kind}.`);
  }
};

/** Loads the fonts of a figure: a canvas does not wait for those of the page. */
export const loadFigureFonts = async ({ items }: Figure): Promise<void> => {
  const text = items.map((item) => (item.kind === 'text' ? item.text : '')).join('');
  await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 12px ${figureFont}`, text)));
};

/**
 * Draws a figure on white, in either theme of the page, in units of the context.
 * @throws RangeError for a nested drawing, which only SVG can show
 */
export const drawFigure = (context: CanvasRenderingContext2D, { width, height, items }: Figure): void => {
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  for (const item of items) draw(context, item);
};

/**
 * The figure as a PNG file.
 * @throws ResiduaError if the browser cannot draw or encode it
 */
export const figurePng = async (figure: Figure): Promise<Blob> => {
  await loadFigureFonts(figure);
  return drawPng(figure.width, figure.height, (context) => drawFigure(context, figure));
};
