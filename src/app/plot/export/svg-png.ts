/** Drawings as PNG files. */
import { ResiduaError } from '#core/errors.ts';
import { pngScale } from './png-scale.ts';

const failure = (cause?: unknown): ResiduaError =>
  new ResiduaError('internal', 'The browser could not turn the figure into a PNG.', 'Download the SVG.', {
    cause,
  });

/**
 * Draws at the chosen scale.
 * @param draw draws in units of the drawing
 * @throws ResiduaError if the browser has no canvas of that size or cannot encode it
 */
export const drawPng = async (
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
): Promise<Blob> => {
  const canvas = document.createElement('canvas');
  const scale = pngScale();
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d');
  if (!context) throw failure();
  context.scale(scale, scale);
  draw(context);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw failure();
  return blob;
};

/**
 * @param svg a document with a width and a height that needs nothing outside itself
 * @throws ResiduaError if the browser cannot draw or encode it
 */
export const svgPng = async (svg: string): Promise<Blob> => {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode().catch((cause: unknown) => {
      throw failure(cause);
    });
    return await drawPng(image.naturalWidth, image.naturalHeight, (context) =>
      context.drawImage(image, 0, 0),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
};
