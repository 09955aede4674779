/** The exported figure as PNG, drawn on a canvas: a browser that draws the SVG as an image omits the smallest text. */

import { gradientStops } from '../../image/color-map.ts';
import { type Figure, type FigureItem, type FigurePicture, figureFont } from '../../plot/export/figure.ts';
import { drawPng } from '../../plot/export/svg-png.ts';

const pictureCanvas = ({ pixels, side }: FigurePicture): OffscreenCanvas => {
  const canvas = new OffscreenCanvas(side, side);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, side, side), 0, 0);
  return canvas;
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
    case 'path': {
      const path = new Path2D();
      path.addPath(new Path2D(item.path), { e: item.x, f: item.y });
      context.strokeStyle = item.color;
      context.lineWidth = item.width;
      context.setLineDash(item.dash === 'none' ? [] : item.dash.split(' ').map(Number));
      context.stroke(path);
      context.setLineDash([]);
      break;
    }
    case 'stroke':
    case 'drawing':
      throw new RangeError(`A canvas cannot draw the item ${item.kind}.`);
  }
};

/**
 * Draws the figure on white in either theme of the page.
 * @throws ResiduaError if the browser cannot draw or encode it
 */
export const figurePng = async ({ width, height, items }: Figure): Promise<Blob> => {
  const text = items.map((item) => (item.kind === 'text' ? item.text : '')).join('');
  // A canvas does not wait for the fonts of the page.
  await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 12px ${figureFont}`, text)));
  return drawPng(width, height, (context) => {
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, width, height);
    for (const item of items) draw(context, item);
  });
};
