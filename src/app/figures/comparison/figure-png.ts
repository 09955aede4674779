/** The exported figure as PNG, at two pixels a CSS pixel. */
import type { FigureItem, FigureLayout, FigurePicture } from './figure-layout.ts';
import { figureFont } from './figure-svg.ts';
import { gradientStops } from './gradient-stops.ts';

/** Pixels of the PNG per unit of the layout. */
export const pngScale = 2;

const contextOf = (width: number, height: number): CanvasRenderingContext2D => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gave no canvas to draw on.');
  return context;
};

const pictureCanvas = ({ pixels, side }: FigurePicture): HTMLCanvasElement => {
  const context = contextOf(side, side);
  context.putImageData(new ImageData(pixels, side, side), 0, 0);
  return context.canvas;
};

const draw = (context: CanvasRenderingContext2D, item: FigureItem): void => {
  switch (item.kind) {
    case 'text':
      context.fillStyle = item.colour;
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
      for (const { offset, colour } of gradientStops(item.table)) gradient.addColorStop(offset, colour);
      context.fillStyle = gradient;
      context.fillRect(item.x, item.y, item.width, item.height);
      break;
    }
    case 'swatch':
      context.fillStyle = item.colour;
      context.beginPath();
      context.roundRect(item.x, item.y, item.size, item.size, 2);
      context.fill();
      break;
  }
};

/**
 * Draws the figure on white whatever the page's theme is.
 * @throws Error where the browser cannot encode it
 */
export const figurePng = async ({ width, height, items }: FigureLayout): Promise<Blob> => {
  const context = contextOf(width * pngScale, height * pngScale);
  context.scale(pngScale, pngScale);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  for (const item of items) draw(context, item);
  return new Promise((resolve, reject) => {
    context.canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The browser could not encode the figure as PNG.'));
    }, 'image/png');
  });
};
