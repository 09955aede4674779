/** The exported figure as PNG: its pictures are drawn pixel by pixel, without an SVG between. */

import { gradientStops } from '../../image/color-map.ts';
import { figureFont } from '../../plot/export/figure-font.ts';
import { drawPng } from '../../plot/export/png.ts';
import type { FigureItem, FigureLayout, FigurePicture } from './figure-layout.ts';

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
  }
};

/**
 * Draws the figure on white whatever the page's theme is.
 * @throws ResiduaError where the browser cannot draw or encode it
 */
export const figurePng = async ({ width, height, items }: FigureLayout): Promise<Blob> => {
  const text = items.map((item) => (item.kind === 'text' ? item.text : '')).join('');
  // A canvas does not wait for the fonts of the page.
  await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 12px ${figureFont}`, text)));
  return drawPng(width, height, (context) => {
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, width, height);
    for (const item of items) draw(context, item);
  });
};
